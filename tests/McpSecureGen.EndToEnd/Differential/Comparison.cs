using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Differential;

/// <summary>Asks a server what the tests compare, as JSON.</summary>
internal static class Comparison
{
    public const string Old = "2025-06-18";
    public const string New = "2026-07-28";

    public static string[] AllVersions { get; } = ["2024-11-05", "2025-03-26", Old, "2025-11-25", New];

    private static JsonObject Credential => TestServer.Meta(Issuer.Token("read:files"));

    public static async Task<JsonObject[]> ToolsAsync(McpClient client) =>
        [.. (await client.ListToolsAsync(new ListToolsRequestParams { Meta = Credential })).Tools.Select(Json)];

    public static async Task<JsonObject[]> PromptsAsync(McpClient client) =>
        [.. (await client.ListPromptsAsync(new ListPromptsRequestParams { Meta = Credential })).Prompts.Select(Json)];

    public static async Task<JsonObject[]> ResourcesAsync(McpClient client) =>
        [.. (await client.ListResourcesAsync(new ListResourcesRequestParams { Meta = Credential })).Resources.Select(Json),
         .. (await client.ListResourceTemplatesAsync(new ListResourceTemplatesRequestParams { Meta = Credential })).ResourceTemplates.Select(Json)];

    public static Task<string> CallAsync(McpClient client, string tool, string arguments) => AnswerAsync(async () => Json(await client.CallToolAsync(
        new CallToolRequestParams { Name = tool, Arguments = Arguments(arguments), Meta = Credential })));

    public static Task<string> GetAsync(McpClient client, string prompt, string arguments) => AnswerAsync(async () => Json(await client.GetPromptAsync(
        new GetPromptRequestParams { Name = prompt, Arguments = Arguments(arguments), Meta = Credential })));

    public static Task<string> ReadAsync(McpClient client, string uri) => AnswerAsync(async () => Json(await client.ReadResourceAsync(
        new ReadResourceRequestParams { Uri = uri, Meta = Credential })));

    /// <summary>The secured schema without what is tighter in it than in the SDK's own; fails when anything else differs in kind.</summary>
    public static JsonObject Loosened(JsonObject secured, JsonObject alone)
    {
        if (secured["inputSchema"] is JsonObject schema && alone["inputSchema"] is JsonObject original)
        {
            Assert.False((bool)schema["additionalProperties"]!);
            Loosen(schema, original);
        }

        return secured;
    }

    private static void Loosen(JsonNode? secured, JsonNode? original)
    {
        if (secured is JsonArray items && original is JsonArray others)
        {
            for (var i = 0; i < Math.Min(items.Count, others.Count); i++)
            {
                Loosen(items[i], others[i]);
            }
        }

        if (secured is not JsonObject schema || original is not JsonObject loose)
        {
            return;
        }

        foreach (var keyword in (string[])["additionalProperties", "propertyNames", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"])
        {
            if (!loose.ContainsKey(keyword))
            {
                schema.Remove(keyword);
            }
        }

        // Null where the validator refuses it, and a pattern that has to match somewhere only.
        foreach (var keyword in (string[])["type", "enum", "pattern"])
        {
            if (loose[keyword] is { } was && schema.ContainsKey(keyword) && (keyword == "pattern" || was.ToJsonString().Contains("null", StringComparison.Ordinal)))
            {
                schema[keyword] = was.DeepClone();
            }
        }

        foreach (var (name, inner) in schema.ToArray())
        {
            Loosen(inner, loose[name]);
        }
    }

    private static Dictionary<string, JsonElement> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value);

    private static async Task<string> AnswerAsync(Func<Task<JsonObject>> ask)
    {
        try
        {
            return (await ask()).ToJsonString();
        }
        catch (McpProtocolException e)
        {
            return $"{e.ErrorCode}: {e.Message}";
        }
    }

    private static JsonObject Json<T>(T value) => JsonNode.Parse(JsonSerializer.Serialize(value, McpJsonUtilities.DefaultOptions))!.AsObject();
}
