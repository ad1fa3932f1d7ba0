using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting;

/// <summary>
/// Secures the options of a session after the author's <see cref="HttpServerTransportOptions.ConfigureSessionOptions"/> has changed them, and refuses
/// transport settings under which the caller of a request cannot be known.
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

#pragma warning disable MCP9004, MCP9006 // Obsolete in the SDK and still at work: a guard must know them.
        if (options.EnableLegacySse)
        {
            problems.Add(
                "EnableLegacySse is on: its messages run under the request that opened the stream, so that their own Authorization headers are not seen. " +
                "Leave it off, and use Streamable HTTP.");
        }

        if (options.PerSessionExecutionContext)
        {
            problems.Add(
                "PerSessionExecutionContext is on: every call of a session runs under the request that opened it, so that its own Authorization header " +
                "is not seen. Leave it off.");
        }
#pragma warning restore MCP9004, MCP9006

        PostConfigure(name, options);
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private void Secure(McpServerOptions options) => services.GetRequiredService<HostSecurity>().Guard.Apply(options);
}
