using McpSecureGen.Capabilities;

namespace McpSecureGen.Identity;

/// <summary>Who makes a call and what it may do, as a validated token states. Only <see cref="CallerAuthenticator"/> makes one.</summary>
/// <remarks>
/// Nothing else of a request is identity: not <c>clientInfo</c>, not other <c>_meta</c>, not an argument (MCP security best practices).
/// Immutable; safe to share between calls and threads.
/// </remarks>
public sealed class Caller
{
    private readonly GrantedCapabilities _granted;

    internal Caller(TokenClaims claims, GrantedCapabilities granted, CallerSource source)
    {
        _granted = granted;
        Issuer = claims.Issuer;
        Subject = claims.Subject;
        ClientId = claims.ClientId;
        Roles = Array.AsReadOnly(claims.Roles);
        TokenId = claims.TokenId;
        ExpiresAt = claims.ExpiresAt;
        IssuedAt = claims.IssuedAt;
        ProofKeyThumbprint = claims.ProofKeyThumbprint;
        Source = source;
    }

    /// <summary>The token's <c>iss</c>. A subject is a name within its issuer only.</summary>
    public string Issuer { get; }

    /// <summary>The token's <c>sub</c>.</summary>
    public string Subject { get; }

    /// <summary>The client that acts for the subject: <c>client_id</c> (RFC 9068) or <c>azp</c>; null when the token names none.</summary>
    public string? ClientId { get; }

    /// <summary>The token's roles as it states them; a role that this server does not define grants nothing.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>The token's <c>jti</c>.</summary>
    public string TokenId { get; }

    /// <summary>The token's <c>exp</c>, clock skew not added.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>
    /// The RFC 7638 thumbprint of the key the token is bound to (<c>cnf.jkt</c>), which this request has proved; null when the token is bound to none.
    /// </summary>
    public string? ProofKeyThumbprint { get; }

    /// <summary>Whether the token is worth nothing without its holder's private key, and this request proved that key (RFC 9449).</summary>
    public bool IsSenderConstrained => ProofKeyThumbprint is not null;

    /// <summary>The token's <c>iat</c>.</summary>
    internal DateTimeOffset IssuedAt { get; }

    /// <summary>Where the token came from.</summary>
    public CallerSource Source { get; }

    /// <summary>
    /// Whether the grants without a namespace, united with those limited to the requirement's namespace, cover the requirement. Allocates nothing.
    /// </summary>
    public bool May(CapabilityRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        return _granted.In(requirement.Namespace).Covers(requirement.Capabilities);
    }

    /// <summary>The capabilities of <paramref name="requirement"/> that this caller lacks, sorted; empty exactly when it <see cref="May"/>.</summary>
    public IReadOnlyList<string> MissingFor(CapabilityRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        return requirement.MissingFrom(_granted.In(requirement.Namespace));
    }

    /// <summary>Whether both are one subject of one issuer through one client, by whatever token.</summary>
    internal bool IsSame(Caller other) =>
        string.Equals(Issuer, other.Issuer, StringComparison.Ordinal) &&
        string.Equals(Subject, other.Subject, StringComparison.Ordinal) &&
        string.Equals(ClientId, other.ClientId, StringComparison.Ordinal);

    /// <summary>The subject and the client; no token.</summary>
    public override string ToString() => ClientId is null ? Subject : $"{Subject} via {ClientId}";
}
