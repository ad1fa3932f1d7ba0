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

    public ValueTask<AuthenticationResult> JudgeAsync(string token, CancellationToken cancellationToken) =>
        _authenticator.AuthenticateAsync(token, CallerSource.TokenFile, cancellationToken);
}
