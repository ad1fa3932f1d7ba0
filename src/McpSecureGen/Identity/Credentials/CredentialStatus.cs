namespace McpSecureGen.Identity;

/// <summary>What a source found.</summary>
public enum CredentialStatus
{
    /// <summary>No credential of this kind; the next source is asked.</summary>
    Absent,

    /// <summary>A credential, not yet validated.</summary>
    Present,

    /// <summary>A credential that cannot be used. The call is refused; no other source is asked.</summary>
    Invalid,

    /// <summary>
    /// No credential where the only one that counts would be: the call is refused as one without a credential, and no other source is asked. Over
    /// HTTP a call without an <c>Authorization</c> header must not speak for itself by other means.
    /// </summary>
    Missing,
}
