using System.Text.Json.Nodes;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>Messages as a client of each protocol version writes them.</summary>
internal static class HttpMessages
{
    /// <summary>Every version the SDK has, none, and one that nobody has.</summary>
    public static IReadOnlyList<string?> Versions { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28", null, "garbage"];

    public static string Call(string tool, string? version = null) => Request("tools/call", $$"""{"arguments":{"name":"a"},"name":"{{tool}}"}""", version);

    public static string Request(string method, string parameters, string? version = null)
    {
        var content = (JsonObject)JsonNode.Parse(parameters)!;
        if (version == "2026-07-28")
        {
            content["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = version,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = method, ["params"] = content }.ToJsonString();
    }

    /// <summary>The headers that go with a message of the newest version.</summary>
    public static Action<HttpRequestMessage> Headers(string? version, string method, string? name = null) => request =>
    {
        if (version == "2026-07-28")
        {
            request.Headers.Add("Mcp-Method", method);
            if (name is not null)
            {
                request.Headers.Add("Mcp-Name", name);
            }
        }
    };

    /// <summary>Opens a session and returns its identifier.</summary>
    public static async Task<string> OpenSessionAsync(HttpTestServer server, string token, string version = "2025-06-18")
    {
        var opened = await server.SendAsync(
            Request("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"""), $"Bearer {token}", version);
        Assert.Equal(200, opened.Status);
        var session = opened.Response.Headers.GetValues("Mcp-Session-Id").Single();
        await server.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", $"Bearer {token}", version, InSession(session));
        return session;
    }

    public static Action<HttpRequestMessage> InSession(string session) => request => request.Headers.Add("Mcp-Session-Id", session);
}
