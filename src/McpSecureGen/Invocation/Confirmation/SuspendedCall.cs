using McpSecureGen.Identity;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>
/// A call that the SDK suspends while its method asks the client something (protocol 2026-07-28 over a transport with a session). Who made it travels with
/// the message, because the answer that wakes it comes in another.
/// </summary>
internal static class SuspendedCall
{
    internal const string State = "requestState";
    internal const string Responses = "inputResponses";

    private const string Key = "mcpsecuregen/suspended";

    /// <summary>The SDK's own ids; a state of ours or an author's never looks like one on the wire.</summary>
    internal static bool IsId(string? state) => Guid.TryParseExact(state, "N", out _);

    /// <summary>The arguments are not part of it: the suspended call has its own, and those of the answer are not read.</summary>
    internal static StateBinding Binding(Caller caller, string method, string primitive) => StateBinding.Of(caller, method, primitive, []);

    /// <summary>Notes who calls, where the SDK may suspend the call.</summary>
    internal static void Note(PrimitiveCall call)
    {
        if (call.Request.JsonRpcMessage.Context is not null && string.CompareOrdinal(call.Server.NegotiatedProtocolVersion, "2026-07-28") >= 0 && AsksClient(call.Server))
        {
            Note(call.Request, Binding(call.Caller, call.Gate.Method, call.BoundName));
        }
    }

    internal static void Note(MessageContext context, StateBinding binding) => context.Items[Key] = binding;

    internal static StateBinding? Of(MessageContext context) =>
        context.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(Key, out var found) ? found as StateBinding? : null;

#pragma warning disable MCP9005 // Sampling and roots are deprecated; a server may ask for them all the same.
    private static bool AsksClient(McpServer server) => server.ClientCapabilities is { } client &&
        (client.Elicitation is not null || client.Sampling is not null || client.Roots is not null);
#pragma warning restore MCP9005
}
