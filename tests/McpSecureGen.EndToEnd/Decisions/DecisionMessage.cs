using System.Text.Json.Nodes;
using McpSecureGen.Identity;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>Writes the messages of the table by hand, as an attacker would.</summary>
internal static class DecisionMessage
{
    public const string NewestVersion = "2026-07-28";
    public const string NoVersion = "none";
    public const string GarbageVersion = "banana";

    /// <summary>All that the SDK knows, none, and one it does not know.</summary>
    public static readonly string[] Versions =
        ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", NewestVersion, NoVersion, GarbageVersion];

    public static string NameOf(DecisionRoute route) => route switch
    {
        DecisionRoute.HiddenTool => "hidden_note",
        DecisionRoute.OtherCase => "READ_NOTE",
        _ => "read_note",
    };

    /// <summary>A call on <paramref name="route"/>.</summary>
    /// <param name="route">How.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">The protocol version, which the newest states in each request.</param>
    /// <param name="metaToken">A token for <c>_meta</c>; null where it travels otherwise.</param>
    public static string Call(DecisionRoute route, int id, string version, string? metaToken)
    {
        JsonObject meta = [];
        if (version == NewestVersion)
        {
            meta["io.modelcontextprotocol/protocolVersion"] = NewestVersion;
            meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
            meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "table", ["version"] = "1" };
        }

        if (metaToken is not null)
        {
            meta[CallMetaCredential.MetaKey] = metaToken;
        }

        if (route == DecisionRoute.WrongHeader)
        {
            meta["Mcp-Name"] = "hidden_note";
        }

        var member = route == DecisionRoute.MemberCase ? "NAME" : "name";
        var first = route == DecisionRoute.TwoMethods ? "\"method\":\"ping\"," : "";
        var call =
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},{{{first}}}"method":"tools/call","params":{"{{{member}}}":"{{{NameOf(route)}}}","arguments":{},"_meta":{{{meta.ToJsonString()}}}}}""";
        return route == DecisionRoute.Batch ? $"[{call}]" : call;
    }

    public static string Initialize(string version) =>
        $$$$"""{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"{{{{version}}}}","capabilities":{},"clientInfo":{"name":"table","version":"1"}}}""";

    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
}
