using McpSecureGen.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting;

/// <summary>
/// Secures the options of a session after the author's <see cref="HttpServerTransportOptions.ConfigureSessionOptions"/> has changed them, and notes whose
/// each session is while it runs.
/// </summary>
/// <remarks>
/// <para>The callback runs after every post-configure and validation of <see cref="McpServerOptions"/>, so nothing else would see what it adds. It is wrapped
/// after configuration and once more in the validation of the transport options, which runs after every later post-configure.</para>
/// <para>Where there is no callback none is set: it would make the SDK build the options once more per session, and there is nothing to secure.
/// Without one the SDK takes the options from the container, stateless or not, and these are guarded.</para>
/// </remarks>
internal sealed class HttpSessionGuard(IServiceProvider services) : IPostConfigureOptions<HttpServerTransportOptions>, IValidateOptions<HttpServerTransportOptions>
{
    public void PostConfigure(string? name, HttpServerTransportOptions options)
    {
        if (options.ConfigureSessionOptions is { } callback && !GuardedSessionCallback.Guards(callback))
        {
            options.ConfigureSessionOptions = new GuardedSessionCallback(callback, Secure).InvokeAsync;
        }

#pragma warning disable MCPEXP002 // Experimental in the SDK, and the one place that sees a session from its first to its last moment.
        if (!OwnedSessionRun.Notes(options.RunSessionHandler))
        {
            options.RunSessionHandler = new OwnedSessionRun(options.RunSessionHandler, services.GetRequiredService<SessionOwners>()).InvokeAsync;
        }
#pragma warning restore MCPEXP002
    }

    public ValidateOptionsResult Validate(string? name, HttpServerTransportOptions options)
    {
        List<string> problems = [];
        if (services.GetService<HostSecurity>() is null)
        {
            problems.Add(
                "AddMcpSecurityHttp finds no guard in the container. Call services.AddMcpSecurity() in the project that calls AddMcpServer, " +
                "or reference the package McpSecureGen there.");
        }

        PostConfigure(name, options);
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private void Secure(McpServerOptions options) => services.GetRequiredService<HostSecurity>().Guard.Apply(options);
}
