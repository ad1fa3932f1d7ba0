using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>
/// What the outermost filter leaves for the primitive behind filters of the author: that the call was admitted, so that it is counted once, and whether it
/// got that far. It travels with the message, also into a task that runs on after the request.
/// </summary>
internal sealed class Passage(PrimitiveCall? admitted)
{
    private const string Key = "mcpsecuregen/passage";

    private PrimitiveCall? _admitted = admitted;
    private volatile bool _isReached;

    /// <summary>Whether what answers the request has begun to.</summary>
    internal bool IsReached => _isReached;

    internal static Passage Open(MessageContext request, PrimitiveCall? admitted)
    {
        var passage = new Passage(admitted);
        request.Items[Key] = passage;
        return passage;
    }

    /// <summary>From here on the request is recorded by what answers it; no filter of the author has answered in its place.</summary>
    internal static void MarkReached(MessageContext request)
    {
        if (Of(request) is { } passage)
        {
            passage._isReached = true;
        }
    }

    /// <summary>The admission, once and only for the gate that gave it: a filter may swap the primitive, or call it twice.</summary>
    internal static PrimitiveCall? Take(MessageContext request, PrimitiveGate gate) =>
        Of(request) is { } passage && passage._admitted?.Gate == gate ? Interlocked.Exchange(ref passage._admitted, null) : null;

    private static Passage? Of(MessageContext request) =>
        request.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(Key, out var found) ? found as Passage : null;
}
