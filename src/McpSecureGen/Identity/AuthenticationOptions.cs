namespace McpSecureGen.Identity;

/// <summary>Configuration section <c>McpSecurity:Authentication</c>: whose tokens are accepted, and for how long.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>The token's <c>iss</c>, compared exactly. Required.</summary>
    public string? Issuer { get; set; }

    /// <summary>This server's canonical resource identifier; the token's <c>aud</c> must contain it, exactly (RFC 8707). Required.</summary>
    public string? Audience { get; set; }

    /// <summary>Path of a JSON Web Key Set (RFC 7517) with the issuer's public keys, re-read when it changes. Required unless <see cref="Keys"/> is set.</summary>
    /// <remarks>
    /// At most 256 KiB. Every key needs its own <c>kid</c>. EC P-256 verifies ES256, RSA of 2048 bits or more RS256 and PS256, a secret (<c>oct</c>) of
    /// 32 bytes or more HS256; keys for anything else are ignored (RFC 7517, section 5). A private, weak or repeated key, or a secret among public keys,
    /// refuses the whole set: at start-up with a message, later by refusing every caller until the file is mended.
    /// </remarks>
    public string? KeyFile { get; set; }

    /// <summary>The key set itself, as JSON (a set or a single key), for hosts that configure by environment. Used when <see cref="KeyFile"/> is not set.</summary>
    public string? Keys { get; set; }

    /// <summary>The greatest lifetime (<c>exp</c> minus <c>iat</c>) of an accepted token. Default 5 minutes; at most 24 hours.</summary>
    public TimeSpan MaxTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Clock difference allowed on <c>exp</c>, <c>nbf</c> and <c>iat</c>. Default 10 seconds, at most 30.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Capabilities that only a token bound to its holder's key may use (RFC 9449). A tool, prompt or resource that requires one of them, a narrower one or
    /// one that implies it, refuses a bearer token with <c>sender_constraint_required</c>.
    /// </summary>
    public string[] DPoPRequiredFor { get; set; } = [];
}
