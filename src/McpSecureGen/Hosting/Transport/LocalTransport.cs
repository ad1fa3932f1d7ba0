using McpSecureGen.Hosting.Envelope;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Transport;

/// <summary>The SDK's transport over a pair of streams, with <see cref="CheckedInput"/> in front of it: what it refuses is answered and on the record.</summary>
internal static class LocalTransport
{
    /// <summary>What a message holds besides its arguments: ids, names, <c>_meta</c> with a token.</summary>
    private const int EnvelopeBytes = 64 * 1024;

    /// <exception cref="McpSecurityConfigurationException">The container has no guard.</exception>
    internal static ITransport Create(IServiceProvider provider, Stream input, Stream output)
    {
        // First: a server that is not configured is told of its unsecured primitives as well.
        var name = provider.GetRequiredService<IOptions<McpServerOptions>>().Value.ServerInfo?.Name;
        var host = provider.GetService<HostSecurity>() ?? throw new McpSecurityConfigurationException(
            "The transport is checked and the server is not guarded. Call services.AddMcpSecurity() in the project that calls AddMcpServer.");
        var security = host.Guard.Security;
        var transport = new TaskCompletionSource<ITransport>(TaskCreationOptions.RunContinuationsAsynchronously);
        var lines = new CheckedInput(
            input,
            security.Limits.MaxArgumentBytes + EnvelopeBytes,
            async (fault, id, cancellationToken) => await RefuseAsync(
                security, await transport.Task.WaitAsync(cancellationToken).ConfigureAwait(false), fault, id, cancellationToken).ConfigureAwait(false));
        transport.SetResult(new StreamServerTransport(lines, output, name, provider.GetService<ILoggerFactory>()));
        return transport.Task.Result;
    }

    private static async ValueTask RefuseAsync(
        SecurityServices security, ITransport transport, EnvelopeFault fault, RequestId id, CancellationToken cancellationToken)
    {
        var error = new JsonRpcErrorDetail { Code = (int)fault.Code, Message = fault.Message };
        try
        {
            // Who sent it is not asked: a message that two readers could read differently has no credential that both would see.
            new TransportAttempt(security, "stream/message").RecordRefusal("invalid_envelope", fault.Rule);
        }
        catch (RefusalException unrecorded)
        {
            error = new JsonRpcErrorDetail { Code = (int)unrecorded.ErrorCode, Message = unrecorded.Message };
        }

        await transport.SendMessageAsync(new JsonRpcError { Id = id, Error = error }, cancellationToken).ConfigureAwait(false);
    }
}
