using System.Text.Json;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tokens;

/// <summary>What is to be revoked: one token of an issuer, or all of a subject.</summary>
internal sealed record RevocationTarget(string Issuer, string? TokenId, string? Subject, DateTimeOffset ExpiresAt)
{
    private const long LastSecond = 253_402_300_799;

    /// <summary>The token itself. Its signature does not matter: who may revoke here could name any id.</summary>
    /// <param name="token">The token.</param>
    /// <param name="file">Its file, for the message.</param>
    /// <param name="servers">The servers' settings: which claim of this issuer's tokens is their id.</param>
    /// <exception cref="CliException">It does not say which token it is.</exception>
    public static RevocationTarget Of(string token, string file, AuthenticationOptions servers)
    {
        if (CompactToken.TryRead(token) is not { Payload: var claims }
            || Text(claims, "iss") is not { } issuer
            || Text(claims, IdClaim(servers, issuer)) is not { } id
            || !claims.TryGetProperty("exp", out var exp)
            || exp.ValueKind != JsonValueKind.Number
            || !exp.TryGetInt64(out var seconds)
            || seconds is < 0 or > LastSecond)
        {
            throw CliException.File(
                $"{file} holds no token with iss, jti and exp. No server accepts one without them, unless TokenIdClaim of the issuer names another claim than jti: "
                + "give the servers' settings with --config. To end a subject's tokens give --subject and --issuer.");
        }

        return new(issuer, id, null, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private static string IdClaim(AuthenticationOptions servers, string issuer) =>
        servers.Issuers.FirstOrDefault(entry => entry.Issuer == issuer)?.TokenIdClaim
        ?? (servers.Issuer == issuer ? servers.TokenIdClaim : TokenClaims.DefaultTokenId);

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
