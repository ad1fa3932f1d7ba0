using System.Runtime.CompilerServices;
using System.Security.Claims;

namespace McpSecureGen.Identity;

/// <summary>
/// The caller of one HTTP request as an identity of its <c>User</c>, which the SDK copies into the message: so each message carries its own credential,
/// whatever request or stream its session was opened by.
/// </summary>
/// <remarks>
/// <para>It carries the credential and not a verdict. Each call has the token judged again, so that one revoked or expired since is refused.</para>
/// <para>The token is internal: neither the claims nor <see cref="ClaimsIdentity.BootstrapContext"/> hold it, so that a tool cannot pass it on (MCP
/// authorization: a server MUST NOT pass a token through).</para>
/// </remarks>
internal sealed class CallerIdentity : ClaimsIdentity
{
    private const string SubjectClaim = "sub";
    private const string RolesClaim = "roles";

    private readonly StrongBox<bool> _asked = new();

    /// <summary>A credential that nobody has judged yet. Not authenticated.</summary>
    internal CallerIdentity(CredentialLookup credential)
    {
        Credential = credential;
    }

    /// <summary>A credential that was judged good, and an endpoint guard has let in.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="caller">Who it is.</param>
    /// <param name="claims">What the scheme said of the caller, and what claims transformations of the author made of it.</param>
    internal CallerIdentity(CredentialLookup credential, Caller caller, ClaimsIdentity claims)
        : base(claims.Claims, McpSecurityAuthentication.Scheme, SubjectClaim, RolesClaim)
    {
        Credential = credential;
        Owner = $"{caller.Issuer}\n{caller.Subject.Length}:{caller.Subject}{caller.ClientId}";
    }

    private CallerIdentity(CallerIdentity other)
        : base(other)
    {
        Credential = other.Credential;
        Owner = other.Owner;
        _asked = other._asked;
    }

    internal CredentialLookup Credential { get; }

    /// <summary>Whether the server has asked for the caller of the message: from then on the attempt is its own to record.</summary>
    internal bool IsAsked => Volatile.Read(ref _asked.Value);

    /// <summary>Whom a session belongs to: a subject is a name within its issuer, and what one client opened is not another's.</summary>
    internal string? Owner { get; }

    /// <summary>The credential, for the server to judge.</summary>
    internal CredentialLookup Ask()
    {
        Volatile.Write(ref _asked.Value, true);
        return Credential;
    }

    /// <summary>A copy with the credential: claims transformations of the author's clone the principal.</summary>
    public override ClaimsIdentity Clone() => new CallerIdentity(this);

    /// <summary>
    /// The claims of a caller, for the scheme: without the credential, because only the guard of an endpoint may give a message its caller. The SDK binds a
    /// session to type, value and issuer of the first name identifier. The value stays the subject, which authors read; the client stands in the issuer,
    /// after a line feed, which no issuer contains.
    /// </summary>
    internal static ClaimsIdentity ClaimsOf(Caller caller)
    {
        var boundIssuer = caller.ClientId is null ? caller.Issuer : $"{caller.Issuer}\n{caller.ClientId}";
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, caller.Subject, ClaimValueTypes.String, boundIssuer, caller.Issuer),
            new(SubjectClaim, caller.Subject, ClaimValueTypes.String, caller.Issuer),
            new("iss", caller.Issuer, ClaimValueTypes.String, caller.Issuer),
            new("jti", caller.TokenId, ClaimValueTypes.String, caller.Issuer),
        ];
        if (caller.ClientId is { } client)
        {
            claims.Add(new Claim("client_id", client, ClaimValueTypes.String, caller.Issuer));
        }

        claims.AddRange(caller.Roles.Select(role => new Claim(RolesClaim, role, ClaimValueTypes.String, caller.Issuer)));
        return new ClaimsIdentity(claims, McpSecurityAuthentication.Scheme, SubjectClaim, RolesClaim);
    }
}
