namespace McpSecureGen.Identity;

/// <summary>One place where a caller's token may be. It finds, it does not judge.</summary>
public interface ICredentialSource
{
    /// <summary>Looks for the credential of one call. Called on every call, by several threads; an exception counts as <see cref="CredentialStatus.Invalid"/>.</summary>
    CredentialLookup Find(in CredentialRequest request);
}
