namespace McpSecureGen.Identity;

/// <summary>Why a credential was refused. For the audit record and the operator; a client learns only that it is not authenticated.</summary>
public enum AuthenticationFailure
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>No credential was given.</summary>
    NoCredential,

    /// <summary>Not a compact JWS of at most 8 KiB in its one canonical spelling, or a claim of the wrong type.</summary>
    Malformed,

    /// <summary><c>exp</c> has passed.</summary>
    Expired,

    /// <summary><c>nbf</c> or <c>iat</c> lies in the future.</summary>
    NotYetValid,

    /// <summary><c>aud</c> does not contain this server.</summary>
    WrongAudience,

    /// <summary><c>iss</c> is not the configured issuer.</summary>
    WrongIssuer,

    /// <summary>No <c>kid</c>, or one that is not in the key set.</summary>
    UnknownKey,

    /// <summary>The signature does not match the key that <c>kid</c> names.</summary>
    BadSignature,

    /// <summary><c>exp</c> minus <c>iat</c> exceeds <see cref="AuthenticationOptions.MaxTokenLifetime"/>.</summary>
    LifetimeTooLong,

    /// <summary><c>exp</c>, <c>iat</c>, <c>sub</c> or the token's id (<see cref="AuthenticationOptions.TokenIdClaim"/>) is absent or empty.</summary>
    MissingClaim,

    /// <summary>
    /// The header names a type, an algorithm that its key is not for, an embedded or remote key, a critical extension, or encryption that is not
    /// accepted.
    /// </summary>
    UnsupportedHeader,

    /// <summary>The check could not be made: the key file has become unreadable, or something failed. Refused like any other.</summary>
    Unavailable,

    /// <summary>The token, or every token of its subject issued so far, was revoked.</summary>
    Revoked,

    /// <summary>
    /// The token is bound to a key (<c>cnf</c>) or its issuer must bind it, and the request proves no key. A bound token that is stolen is worth nothing
    /// without its key (RFC 9449, section 7.2).
    /// </summary>
    ProofRequired,

    /// <summary>
    /// The request proves another key than the token's, or a key for a token that is bound to none, or the token is bound by something that this server
    /// cannot check (any <c>cnf</c> but a single <c>jkt</c>).
    /// </summary>
    InvalidProof,
}
