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
    public static string Token(
        string scope = "",
        string[]? roles = null,
        string subject = "alice",
        Action<JsonObject>? change = null,
        Action<JsonObject>? header = null,
        TestTokens? key = null,
        string? proofKey = null)
    {
        var now = DateTimeOffset.UtcNow;
        return (key ?? Tokens).Mint(claims =>
        {
            claims["sub"] = subject;
            claims["jti"] = Guid.NewGuid().ToString("N");
            claims["iat"] = now.ToUnixTimeSeconds();
            claims["exp"] = now.AddMinutes(4).ToUnixTimeSeconds();
            claims["scope"] = scope;
            if (proofKey is not null)
            {
                claims["cnf"] = new JsonObject { ["jkt"] = proofKey };
            }

            if (roles is not null)
            {
                claims["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]);
            }

            change?.Invoke(claims);
        }, header);
    }

    /// <summary>A good token as HS256 with the public key for a secret: algorithm confusion.</summary>
    public static string ConfusedToken(string scope)
    {
        var good = Token(scope);
        var payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(good.Split('.')[1]));
        return TestTokens.MintHs256(Tokens.PublicPoint, $$"""{"alg":"HS256","typ":"at+jwt","kid":"{{Tokens.Kid}}"}""", payload);
    }

    /// <summary>A good token without a signature, <c>none</c> spelled as given.</summary>
    public static string UnsignedToken(string scope, string none) =>
        $"{TestTokens.Segment($$"""{"alg":"{{none}}","typ":"at+jwt","kid":"{{Tokens.Kid}}"}""")}.{Token(scope).Split('.')[1]}.";
}
