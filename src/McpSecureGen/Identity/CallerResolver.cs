namespace McpSecureGen.Identity;

/// <summary>Finds the credential of a call and validates it. Used on every call: a session does not stand for its caller.</summary>
/// <param name="credentials">Where to look.</param>
/// <param name="authenticator">Who judges.</param>
/// <exception cref="ArgumentNullException">One of them is missing.</exception>
public sealed class CallerResolver(CredentialChain credentials, CallerAuthenticator authenticator)
{
    private readonly CredentialChain _credentials = credentials ?? throw new ArgumentNullException(nameof(credentials));
    private readonly CallerAuthenticator _authenticator = authenticator ?? throw new ArgumentNullException(nameof(authenticator));

    /// <summary>Who calls, or why no one does. Throws nothing but the cancellation of the request; completes at once unless a list must be asked.</summary>
    public ValueTask<AuthenticationResult> ResolveAsync(CredentialRequest request, CancellationToken cancellationToken)
    {
        var found = _credentials.Find(request);
        return found.Status switch
        {
            CredentialStatus.Absent or CredentialStatus.Missing => new(AuthenticationResult.Refused(AuthenticationFailure.NoCredential)),
            CredentialStatus.Present when !string.IsNullOrEmpty(found.Token) =>
                WithCredential(_authenticator.AuthenticateAsync(found.Token, found.Source, found.ProofKeyThumbprint, cancellationToken), found.Token),
            _ => new(AuthenticationResult.Refused(AuthenticationFailure.Malformed)),
        };
    }

    private static ValueTask<AuthenticationResult> WithCredential(ValueTask<AuthenticationResult> pending, string token)
    {
        return pending.IsCompletedSuccessfully ? new(pending.Result with { Credential = token }) : AwaitAsync(pending, token);

        static async ValueTask<AuthenticationResult> AwaitAsync(ValueTask<AuthenticationResult> pending, string token) =>
            await pending.ConfigureAwait(false) with { Credential = token };
    }
}
