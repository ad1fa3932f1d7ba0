using McpSecureGen.Hosting.Envelope;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Http;

/// <summary>
/// <c>Mcp-Method</c> and <c>Mcp-Name</c> say what the body says, on every protocol version. The SDK compares them on the newest alone, so that a gateway
/// that decides by them is walked around by naming an older version, or none.
/// </summary>
internal static class RoutingHeaders
{
    private const string Method = "Mcp-Method";
    private const string Name = "Mcp-Name";

    /// <summary>The header that is not as it must be; null when all is well. An absent header is the SDK's to judge, which knows the version.</summary>
    internal static string? FindMismatch(IHeaderDictionary headers, RpcEnvelope message, McpServerOptions server)
    {
        if (headers.TryGetValue(Method, out var method) && (Read(method) is not { } text || !string.Equals(text, message.Method, StringComparison.Ordinal)))
        {
            return Method;
        }

        if (headers.TryGetValue(Name, out var name) &&
            (Read(name) is not { } encoded || McpHeaderEncoder.DecodeValue(encoded) is not { } target ||
             !string.Equals(target, TargetOf(message, server), StringComparison.Ordinal)))
        {
            return Name;
        }

        return null;
    }

    private static string? Read(StringValues header) =>
        header.Count == 1 && header[0] is { } value && value.All(static c => c is >= ' ' and <= '~') ? value.Trim() : null;

    private static string? TargetOf(RpcEnvelope message, McpServerOptions server)
    {
        if (message.Target is { } target)
        {
            return target;
        }

#pragma warning disable MCPEXP002 // Custom request handlers are experimental in the SDK.
        var parameter = server.RequestHandlers?.FirstOrDefault(handler => string.Equals(handler.Method, message.Method, StringComparison.Ordinal))?.RoutingNameParameter;
#pragma warning restore MCPEXP002
        return parameter is not null ? message.Text(parameter) : message.Text("name") ?? message.Text("uri") ?? message.Text("taskId");
    }
}
