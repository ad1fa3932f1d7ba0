using McpSecureGen.Tests.Identity;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>The issuer whose tokens the servers of these tests accept.</summary>
internal static class Issuer
{
    private static readonly TestTokens Tokens = new();

    public static string KeySet => Tokens.PublicKeySet();

    /// <summary>A good token, valid for four minutes from now.</summary>
    public static string Token(string scope = "", string[]? roles = null, string subject = "alice", string? proofKey = null)
    {
        var now = DateTimeOffset.UtcNow;
        return Tokens.Mint(claims =>
        {
            claims["sub"] = subject;
            claims["jti"] = Guid.NewGuid().ToString("N");
            claims["iat"] = now.ToUnixTimeSeconds();
            claims["exp"] = now.AddMinutes(4).ToUnixTimeSeconds();
            claims["scope"] = scope;
            if (proofKey is not null)
            {
                claims["cnf"] = new System.Text.Json.Nodes.JsonObject { ["jkt"] = proofKey };
            }

            if (roles is not null)
            {
                claims["roles"] = new System.Text.Json.Nodes.JsonArray([.. roles.Select(role => System.Text.Json.Nodes.JsonValue.Create(role))]);
            }
        });
    }
}
