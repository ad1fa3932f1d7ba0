using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// Applies the guard to every <see cref="McpServerOptions"/> the container makes, whatever their name: after configuration, and once more in the
/// validation, which the options factory runs after every later post-configure.
/// </summary>
internal sealed class GuardOptionsSetup(IServiceProvider services) : IPostConfigureOptions<McpServerOptions>, IValidateOptions<McpServerOptions>
{
    public void PostConfigure(string? name, McpServerOptions options) => GuardFor(options).Apply(options);

    public ValidateOptionsResult Validate(string? name, McpServerOptions options)
    {
        try
        {
            GuardFor(options).Apply(options);
            return ValidateOptionsResult.Success;
        }
        catch (McpSecurityConfigurationException e)
        {
            return ValidateOptionsResult.Fail(e.Problems);
        }
    }

    /// <summary>
    /// The guard, or everything that is wrong: a server that is not configured is told of its unsecured primitives as well, because its author
    /// can mend those and its operator cannot.
    /// </summary>
    private SecurityGuard GuardFor(McpServerOptions options)
    {
        try
        {
            return services.GetRequiredService<HostSecurity>().Guard;
        }
        catch (McpSecurityConfigurationException e) when (PrimitiveWrapping.Unsecured(options) is { Count: > 0 } unsecured)
        {
            throw new McpSecurityConfigurationException([.. e.Problems, SecurityGuard.Refusal, .. unsecured]);
        }
    }
}
