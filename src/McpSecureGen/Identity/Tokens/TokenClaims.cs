using System.Collections.Frozen;
using System.Text.Json;
using McpSecureGen.Capabilities;

namespace McpSecureGen.Identity;

/// <summary>The claims of one token that passed every check on its content. Its signature is checked elsewhere.</summary>
internal sealed class TokenClaims
{
    /// <summary>The last second that <see cref="DateTimeOffset"/> can hold. An <c>exp</c> in milliseconds lies beyond it.</summary>
    private const long LastSecond = 253_402_300_799;

    /// <summary>RFC 7519, section 4.1.7.</summary>
    public const string DefaultTokenId = "jti";

    /// <summary>Claims that are read for something else: as a token's id they would stand for many tokens, and revoking one would revoke those.</summary>
    public static readonly FrozenSet<string> OtherMeanings = FrozenSet.Create(
        StringComparer.Ordinal, "iss", "sub", "aud", "exp", "nbf", "iat", "scope", "scp", "roles", "cnf", "azp", "client_id");

    private TokenClaims(string issuer, string subject, string? clientId, string tokenId, DateTimeOffset notBefore, DateTimeOffset expiresAt)
    {
        Issuer = issuer;
        Subject = subject;
        ClientId = clientId;
        TokenId = tokenId;
        NotBefore = notBefore;
        ExpiresAt = expiresAt;
    }

    public string Issuer { get; }

    public string Subject { get; }

    public string? ClientId { get; }

    public string TokenId { get; }

    /// <summary>The later of <c>iat</c> and <c>nbf</c>.</summary>
    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset ExpiresAt { get; }

    public DateTimeOffset IssuedAt { get; private init; }

    /// <summary><c>cnf.jkt</c>: the thumbprint of the key the token is bound to; null when it is bound to none.</summary>
    public string? ProofKeyThumbprint { get; private init; }

    /// <summary>The <c>roles</c> claim, as it stands.</summary>
    public string[] Roles { get; private init; } = [];

    /// <summary>The entries of <c>scope</c> and <c>scp</c>, as they stand.</summary>
    public string[] Scopes { get; private init; } = [];

    /// <summary>Reads and judges the claims; null with the first failure found.</summary>
    public static TokenClaims? TryRead(
        JsonElement payload,
        IssuerSettings settings,
        DateTimeOffset now,
        out AuthenticationFailure failure)
    {
        failure = Judge(payload, settings, now, out var claims);
        return failure == AuthenticationFailure.None ? claims : null;
    }

    /// <summary>What the scopes and, through <paramref name="roles"/>, the roles grant.</summary>
    public IReadOnlyCollection<CapabilityGrant> Grants(RoleTable roles)
    {
        var grants = new HashSet<CapabilityGrant>();
        foreach (var scope in Scopes)
        {
            // A scope that is no capability belongs to someone else's API: ignored (RFC 6749, section 3.3).
            if (CapabilityGrant.TryParse(scope, out var grant))
            {
                grants.Add(grant);
            }
        }

        foreach (var role in Roles)
        {
            grants.UnionWith(roles.GrantsOf(role));
        }

        return grants;
    }

    private static AuthenticationFailure Judge(
        JsonElement payload, IssuerSettings settings, DateTimeOffset now, out TokenClaims? claims)
    {
        claims = null;
        if (!payload.TryGetProperty("iss", out var issuer) || !IsString(issuer, settings.Issuer))
        {
            return AuthenticationFailure.WrongIssuer;
        }

        if (!HasAudience(payload, settings.Audience))
        {
            return AuthenticationFailure.WrongAudience;
        }

        foreach (var required in (ReadOnlySpan<string>)["exp", "iat", "sub", settings.TokenIdClaim])
        {
            if (!payload.TryGetProperty(required, out _))
            {
                return AuthenticationFailure.MissingClaim;
            }
        }

        if (!TryGetDate(payload, "exp", out var expiresAt)
            || !TryGetDate(payload, "iat", out var issuedAt)
            || !TryGetText(payload, "sub", out var subject)
            || !TryGetText(payload, settings.TokenIdClaim, out var tokenId)
            || !TryGetText(payload, "client_id", out var client)
            || !TryGetText(payload, "azp", out var party)
            || expiresAt <= issuedAt)
        {
            return AuthenticationFailure.Malformed;
        }

        if (string.IsNullOrWhiteSpace(subject) || string.IsNullOrWhiteSpace(tokenId))
        {
            return AuthenticationFailure.MissingClaim;
        }

        var notBefore = issuedAt;
        if (payload.TryGetProperty("nbf", out _))
        {
            if (!TryGetDate(payload, "nbf", out notBefore))
            {
                return AuthenticationFailure.Malformed;
            }

            notBefore = notBefore > issuedAt ? notBefore : issuedAt;
        }

        if (!TryGetProofKey(payload, out var proofKey))
        {
            return AuthenticationFailure.InvalidProof;
        }

        if (settings.RequireProof && proofKey is null)
        {
            return AuthenticationFailure.ProofRequired;
        }

        claims = new(settings.Issuer, subject, client ?? party, tokenId, notBefore, expiresAt)
        {
            IssuedAt = issuedAt,
            ProofKeyThumbprint = proofKey,
            Roles = Entries(payload, "roles", split: false),
            Scopes = [.. Entries(payload, "scope", split: true), .. Entries(payload, "scp", split: true)],
        };
        return expiresAt - issuedAt > settings.MaxTokenLifetime ? AuthenticationFailure.LifetimeTooLong : claims.AgeAt(now, settings.ClockSkew);
    }

    /// <summary>The token counts from <see cref="NotBefore"/> to before <see cref="ExpiresAt"/> (RFC 7519, 4.1.4: "on or after" is too late), skew added at both ends.</summary>
    private AuthenticationFailure AgeAt(DateTimeOffset now, TimeSpan skew)
    {
        if (now - ExpiresAt >= skew)
        {
            return AuthenticationFailure.Expired;
        }

        return NotBefore - now > skew ? AuthenticationFailure.NotYetValid : AuthenticationFailure.None;
    }

    /// <summary>Whether <c>aud</c>, a string or an array of strings, holds the audience exactly: no prefix, no case folding, no trailing slash forgiven.</summary>
    private static bool HasAudience(JsonElement payload, string audience)
    {
        if (!payload.TryGetProperty("aud", out var claim))
        {
            return false;
        }

        return claim.ValueKind == JsonValueKind.Array
            ? claim.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String)
                && claim.EnumerateArray().Any(entry => IsString(entry, audience))
            : IsString(claim, audience);
    }

    /// <summary>
    /// True with null without <c>cnf</c>. False for any binding but one <c>jkt</c>: a binding that is not checked would be a promise to the issuer that is
    /// not kept (RFC 7800, section 3.1; <c>x5t#S256</c> of RFC 8705 needs the connection's client certificate).
    /// </summary>
    private static bool TryGetProofKey(JsonElement payload, out string? thumbprint)
    {
        thumbprint = null;
        if (!payload.TryGetProperty("cnf", out var confirmation))
        {
            return true;
        }

        if (confirmation.ValueKind != JsonValueKind.Object
            || confirmation.GetPropertyCount() != 1
            || !confirmation.TryGetProperty("jkt", out var jkt)
            || jkt.ValueKind != JsonValueKind.String
            || CompactToken.TryDecode(jkt.GetString()) is not { Length: 32 })
        {
            return false;
        }

        thumbprint = jkt.GetString();
        return true;
    }

    private static bool IsString(JsonElement value, string expected) =>
        value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), expected, StringComparison.Ordinal);

    /// <summary>
    /// A whole number of seconds written as a JSON number. <c>"1700000000"</c>, <c>1.7e9</c>, a negative number and milliseconds are refused rather than
    /// understood.
    /// </summary>
    private static bool TryGetDate(JsonElement payload, string name, out DateTimeOffset date)
    {
        date = default;
        if (!payload.TryGetProperty(name, out var value)
            || value.ValueKind != JsonValueKind.Number
            || !value.TryGetInt64(out var seconds)
            || seconds is < 0 or > LastSecond)
        {
            return false;
        }

        date = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    /// <summary>True with null when absent; false when present and not a string.</summary>
    private static bool TryGetText(JsonElement payload, string name, out string text)
    {
        text = null!;
        if (!payload.TryGetProperty(name, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        text = value.GetString()!;
        return true;
    }

    /// <summary>
    /// The entries of a string (separated by spaces where <paramref name="split"/>) or an array of strings. Any other shape grants nothing.
    /// A <c>roles</c> string is one role: role names may hold spaces.
    /// </summary>
    private static string[] Entries(JsonElement payload, string name, bool split)
    {
        if (!payload.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind switch
        {
            JsonValueKind.String when split => value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array when name != "scope" =>
                [.. value.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String).Select(entry => entry.GetString()!)],
            _ => [],
        };
    }
}
