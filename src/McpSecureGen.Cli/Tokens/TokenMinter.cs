using System.Security.Cryptography;
using McpSecureGen.Cli.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Cli.Tokens;

/// <summary>Signs access tokens (RFC 9068).</summary>
internal static class TokenMinter
{
    public static IssuedToken Mint(TokenRequest request, StoredKey key, DateTimeOffset now)
    {
        // Whole seconds, as they stand in the token.
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var expiresAt = issuedAt + request.Lifetime;
        // Hexadecimal, so that it never starts with a hyphen and can be given to "token revoke --jti".
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var descriptor = new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = request.Issuer,
            Audience = request.Audience,
            IssuedAt = issuedAt.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = Claims(request, id),
            SigningCredentials = key.Credentials(),
        };
        var text = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
        return new(text, id, key.Id, issuedAt, expiresAt);
    }

    private static Dictionary<string, object> Claims(TokenRequest request, string id)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = request.Subject, ["jti"] = id };
        if (request.Client is { } client)
        {
            claims["client_id"] = client;
        }

        if (request.Scopes.Count > 0)
        {
            claims["scope"] = string.Join(' ', request.Scopes);
        }

        if (request.Roles.Count > 0)
        {
            claims["roles"] = request.Roles.ToArray();
        }

        if (request.ProofKeyThumbprint is { } thumbprint)
        {
            // RFC 9449, section 6.1.
            claims["cnf"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["jkt"] = thumbprint };
        }

        return claims;
    }
}
