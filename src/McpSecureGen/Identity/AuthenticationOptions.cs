namespace McpSecureGen.Identity;

/// <summary>Configuration section <c>McpSecurity:Authentication</c>: whose tokens are accepted, and for how long.</summary>
/// <remarks>One issuer is named here; more, or all, in <see cref="Issuers"/>.</remarks>
public sealed class AuthenticationOptions
{
    /// <summary>The token's <c>iss</c>, compared exactly: no trailing slash is forgiven. Required unless <see cref="Issuers"/> has entries.</summary>
    public string? Issuer { get; set; }

    /// <summary>This server's canonical resource identifier; the token's <c>aud</c> must contain it, exactly (RFC 8707). Required.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Path of a JSON Web Key Set (RFC 7517) with the issuer's public keys, re-read when it changes. Required unless <see cref="Keys"/> or
    /// <see cref="JwksUri"/> is set.
    /// </summary>
    /// <remarks>
    /// <para>At most 256 KiB. Every key needs its own <c>kid</c>. EC P-256 verifies ES256, RSA of 2048 bits or more RS256 and PS256, a secret (<c>oct</c>)
    /// of 32 random bytes or more HS256; keys for anything else are ignored (RFC 7517, section 5). A private, weak or repeated key, or a secret among
    /// public keys, refuses the whole set: at start-up with a message, later by refusing every caller until the file is mended.</para>
    /// <para>EdDSA is not accepted: neither .NET 10 nor Microsoft.IdentityModel 8.23 verifies it. Such keys are ignored like others of no use here.</para>
    /// </remarks>
    public string? KeyFile { get; set; }

    /// <summary>The key set itself, as JSON (a set or a single key), for hosts that configure by environment. Used when <see cref="KeyFile"/> is not set.</summary>
    public string? Keys { get; set; }

    /// <summary>
    /// Address of the issuer's key set: https, without user information and fragment. Instead of <see cref="KeyFile"/> and <see cref="Keys"/>.
    /// </summary>
    /// <remarks>
    /// Fetched without redirects, proxy and cookies, in 5 seconds, at most 256 KiB, from public addresses only (CWE-918), and again before the keys are
    /// older than <see cref="JwksRefreshInterval"/>; for a <c>kid</c> that is not in the set, at most once in 30 seconds. While fetching fails, the keys in
    /// hand count for 24 hours. A set with an unsafe key withdraws the keys in hand. The server starts without the keys and refuses every
    /// caller of this issuer until it has them.
    /// </remarks>
    public string? JwksUri { get; set; }

    /// <summary>The greatest age of keys from <see cref="JwksUri"/> while the issuer answers. Default 10 minutes; 1 minute to 24 hours.</summary>
    public TimeSpan JwksRefreshInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether <see cref="JwksUri"/> may be at an address that is not public: loopback, private networks, link-local. Default <see langword="false"/>.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>The greatest lifetime (<c>exp</c> minus <c>iat</c>) of an accepted token. Default 5 minutes; at most 24 hours.</summary>
    public TimeSpan MaxTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Clock difference allowed on <c>exp</c>, <c>nbf</c> and <c>iat</c>. Default 10 seconds, at most 30.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The only algorithms accepted, out of ES256, RS256, PS256 and HS256. Empty, the default: all that the keys are for.</summary>
    public string[] Algorithms { get; set; } = [];

    /// <summary>Whether every token of this issuer must be bound to a key (<c>cnf.jkt</c>, RFC 9449) and come with its proof. Default <see langword="false"/>.</summary>
    public bool RequireDPoP { get; set; }

    /// <summary>
    /// The name of the claim that identifies a token: recorded with each attempt and revoked by. Default <c>jti</c> (RFC 7519, section 4.1.7).
    /// </summary>
    /// <remarks>
    /// For issuers that name it otherwise, such as <c>uti</c> of Microsoft Entra ID. The claim is then as required as <c>jti</c>, and <c>jti</c> is not looked at.
    /// A name that is empty, holds white space or belongs to a claim that means something else (<c>iss</c>, <c>sub</c>, <c>aud</c>, <c>exp</c>, <c>nbf</c>,
    /// <c>iat</c>, <c>scope</c>, <c>scp</c>, <c>roles</c>, <c>cnf</c>, <c>azp</c>, <c>client_id</c>) stops the server at start-up.
    /// </remarks>
    public string TokenIdClaim { get; set; } = TokenClaims.DefaultTokenId;

    /// <summary>Whether a token of this issuer may come without <c>typ</c>. Any type but <c>at+jwt</c> and <c>JWT</c> stays refused. Default <see langword="false"/>.</summary>
    /// <remarks>
    /// For issuers that write none, such as custom authorization servers of Okta and Kubernetes. Without a type only <see cref="Audience"/> tells an access
    /// token from other JWTs of the same issuer (RFC 8725, section 3.11), so the audience must be one that nothing else is issued for.
    /// </remarks>
    public bool AllowMissingType { get; set; }

    /// <summary>More issuers. None may stand twice, here and above taken together.</summary>
    public IList<IssuerOptions> Issuers { get; } = [];

    /// <summary>How a token that was withdrawn is noticed.</summary>
    public RevocationOptions Revocation { get; set; } = new();

    /// <summary>How proofs of possession are judged over HTTP (RFC 9449).</summary>
    public DPoPOptions DPoP { get; set; } = new();

    /// <summary>
    /// Capabilities that only a sender-constrained token may use, over every transport; their qualified forms included. An unknown name stops the server
    /// at start-up.
    /// </summary>
    public string[] DPoPRequiredFor { get; set; } = [];
}
