using System.Collections.Frozen;

namespace McpSecureGen.Hosting.Envelope;

/// <summary>
/// The names of members by which a message is routed and decided. The SDK takes them in any case ("NAME" for "name") where an intermediary sees an
/// unknown member: the class of CVE-2026-27896.
/// </summary>
internal static class ProtocolMembers
{
    internal static FrozenSet<string> Envelope { get; } = Set("jsonrpc", "id", "method", "params", "result", "error");

    /// <summary>Members of <c>params</c> and of the objects in it that the protocol defines, in all versions the SDK has.</summary>
    internal static FrozenSet<string> Params { get; } = Set(
        "_meta", "anyOf", "argument", "arguments", "capabilities", "clientInfo", "content", "context", "cursor", "data", "description", "elicitation",
        "elicitationId", "experimental", "extensions", "icons", "inputResponses", "level", "logger", "message", "name", "notifications", "progress",
        "progressToken", "promptsListChanged", "protocolVersion", "reason", "ref", "requestId", "requestState", "resourceSubscriptions",
        "resourcesListChanged", "roots", "sampling", "task", "taskId", "title", "toolsListChanged", "total", "ttl", "type", "uri", "value", "version",
        "websiteUrl");

    /// <summary>Members of <c>_meta</c> that the protocol defines; the others are free.</summary>
    internal static FrozenSet<string> Meta { get; } = Set(
        "progressToken", "io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientInfo", "io.modelcontextprotocol/clientCapabilities",
        "io.modelcontextprotocol/logLevel", "io.modelcontextprotocol/subscriptionId", "io.modelcontextprotocol/related-task");

    /// <summary>Whose members are known in the value of a member; null where they are free, or decide nothing.</summary>
    internal static FrozenSet<string>? Below(FrozenSet<string>? known, string member) =>
        ReferenceEquals(known, Envelope) ? (member == "params" ? Params : null)
        : ReferenceEquals(known, Params) ? member switch
        {
            "_meta" => Meta,
            "argument" or "capabilities" or "clientInfo" or "context" or "notifications" or "ref" or "task" => Params,
            _ => null,
        }
        : ReferenceEquals(known, Meta) ? member switch
        {
            "io.modelcontextprotocol/clientInfo" or "io.modelcontextprotocol/clientCapabilities" or "io.modelcontextprotocol/related-task" => Params,
            _ => null,
        }
        : null;

    /// <summary>Whether a name is a known one in another spelling.</summary>
    internal static bool IsMisspelt(FrozenSet<string> known, string name) =>
        known.TryGetValue(name, out var proper) && !string.Equals(proper, name, StringComparison.Ordinal);

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
