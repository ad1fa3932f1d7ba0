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

    /// <summary><c>exp</c>, <c>iat</c>, <c>sub</c> or <c>jti</c> is absent or empty.</summary>
    MissingClaim,

    /// <summary>
    /// The header names a type, an algorithm that its key is not for, an embedded or remote key, a critical extension, or encryption that is not
    /// accepted.
    /// </summary>
    UnsupportedHeader,

    /// <summary>The check could not be made: the key file has become unreadable, or something failed. Refused like any other.</summary>
    Unavailable,
}
