using McpSecureGen.Capabilities;
using McpSecureGen.Cli.Roles;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tokens;

/// <summary>Judges a token as a server with these settings would: by the authenticator that servers use.</summary>
internal sealed class Verifier
{
    private readonly CallerAuthenticator _authenticator;

    /// <exception cref="McpSecurityConfigurationException">A server would not start with these settings.</exception>
    public Verifier(McpSecurityOptions options, AssemblyDeclarations declarations, TimeProvider time)
    {
        var vocabulary = CapabilityVocabulary.Create(declarations.Capabilities);
        var roles = RoleTable.Create(vocabulary, declarations.Roles, options.Roles);
        _authenticator = new(options.Authentication, vocabulary, roles, time);
    }

    /// <param name="token">The token.</param>
    /// <param name="proofKeyThumbprint">The key that the caller is taken to have proved; null for none.</param>
    /// <param name="cancellationToken">Stops waiting for an issuer's keys.</param>
    public ValueTask<AuthenticationResult> JudgeAsync(string token, string? proofKeyThumbprint, CancellationToken cancellationToken) =>
        _authenticator.AuthenticateAsync(token, CallerSource.TokenFile, proofKeyThumbprint, cancellationToken);
}
