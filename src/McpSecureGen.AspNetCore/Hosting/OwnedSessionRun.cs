using McpSecureGen.Http;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting;

/// <summary>Runs a session as the author or the SDK does, with its owner known meanwhile.</summary>
internal sealed class OwnedSessionRun(Func<HttpContext, McpServer, CancellationToken, Task>? run, SessionOwners owners)
{
    internal static bool Notes(Func<HttpContext, McpServer, CancellationToken, Task>? run) => run is { HasSingleTarget: true, Target: OwnedSessionRun };

    internal Task InvokeAsync(HttpContext context, McpServer server, CancellationToken cancellationToken) =>
        owners.RunAsync(context, server, () => run is null ? server.RunAsync(cancellationToken) : run(context, server, cancellationToken));
}
