using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// Applies the guard to every <see cref="McpServerOptions"/> the container makes, whatever their name: after configuration, and once more in the
/// validation, which the options factory runs after every later post-configure.
/// </summary>
internal sealed class GuardOptionsSetup(HostSecurity host) : IPostConfigureOptions<McpServerOptions>, IValidateOptions<McpServerOptions>
{
    public void PostConfigure(string? name, McpServerOptions options) => host.Guard.Apply(options);

    public ValidateOptionsResult Validate(string? name, McpServerOptions options)
    {
        try
        {
            host.Guard.Apply(options);
            return ValidateOptionsResult.Success;
        }
        catch (McpSecurityConfigurationException e)
        {
            return ValidateOptionsResult.Fail(e.Problems);
        }
    }
}
