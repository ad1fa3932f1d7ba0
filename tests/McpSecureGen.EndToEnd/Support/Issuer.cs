using System.Text.Json.Nodes;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>The issuer whose tokens the servers of these tests accept.</summary>
internal static class Issuer
{
    private static readonly TestTokens Tokens = new();

    public static string KeySet => Tokens.PublicKeySet();

    public static string PublicKeyPem => Tokens.PublicKeyPem;

    public static string KeyId => Tokens.Kid;

    /// <summary>A good token, valid for four minutes from now.</summary>
    public static string Token(string scope = "", string[]? roles = null, string subject = "alice") => Tokens.Mint(Claims(scope, roles, subject));

    /// <summary>A token that is wrong in what <paramref name="claims"/> or <paramref name="header"/> change, and signed with the issuer's key.</summary>
    public static string Wrong(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, TestTokens? signer = null) =>
        (signer ?? Tokens).Mint(Claims("read:files") + claims, header);

    private static Action<JsonObject> Claims(string scope, string[]? roles = null, string subject = "alice") => claims =>
    {
        var now = DateTimeOffset.UtcNow;
        claims["sub"] = subject;
        claims["jti"] = Guid.NewGuid().ToString("N");
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["exp"] = now.AddMinutes(4).ToUnixTimeSeconds();
        claims["scope"] = scope;
        if (roles is not null)
        {
            claims["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]);
        }
    };
}
