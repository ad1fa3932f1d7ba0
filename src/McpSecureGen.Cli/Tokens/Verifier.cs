using McpSecureGen.Capabilities;
using McpSecureGen.Cli.Roles;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tokens;

/// <summary>Judges a token as a server with these settings would: by the authenticator that servers use.</summary>
internal sealed class Verifier : IAsyncDisposable
{
    private readonly CallerAuthenticator _authenticator;
    private readonly RevocationStore? _store;

    /// <param name="options">The settings.</param>
    /// <param name="declarations">What the server's assembly defines.</param>
    /// <param name="store">The list of revoked tokens that the servers share; null for none. Disposed with this.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="McpSecurityConfigurationException">A server would not start with these settings.</exception>
    public Verifier(McpSecurityOptions options, AssemblyDeclarations declarations, RevocationStore? store, TimeProvider time)
    {
        _store = store;
        var vocabulary = CapabilityVocabulary.Create(declarations.Capabilities);
        var roles = RoleTable.Create(vocabulary, declarations.Roles, options.Roles);
        _authenticator = new(options.Authentication, vocabulary, roles, time, store?.List);
    }

    /// <param name="token">The token.</param>
    /// <param name="proofKeyThumbprint">The key that the caller is taken to have proved; null for none.</param>
    /// <param name="cancellationToken">Stops waiting for an issuer's keys.</param>
    public async Task<AuthenticationResult> JudgeAsync(string token, string? proofKeyThumbprint, CancellationToken cancellationToken)
    {
        if (_store is not null)
        {
            await _store.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _authenticator.AuthenticateAsync(token, CallerSource.TokenFile, proofKeyThumbprint, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
