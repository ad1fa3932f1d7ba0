using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>Parameters that take JSON as it is.</summary>
[RequiresCapability("read:files")]
internal static class JsonTools
{
    private const string Deep = """{"value":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""";

    [McpServerTool, Sample("""{"value":{"a":[1,"b",null]}}"""), Sample("""{"value":5}"""), Sample("""{"value":"s"}"""), Sample("""{"value":true}""")]
    [Refused(Deep, "value", "Depth"), Refused("""{"value":{"a":1,"a":2}}""", "value", "Duplicate"), Refused("""{"value":{"a":1e400}}""", "value", "Finite")]
    public static string Element(JsonElement value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"a":[1,"b",null]}}"""), Sample("""{"value":5}""")]
    [Refused(Deep, "value", "Depth"), Refused("""{"value":{"a":{"b":1,"b":2}}}""", "value", "Duplicate")]
    public static string Node(JsonNode value) => Effect.Of([value.ToJsonString()]);

    [McpServerTool, Sample("""{"value":{"a":1}}"""), Refused("""{"value":{"a":1,"a":2}}""", "value", "Duplicate"), Refused("""{"value":[1]}""", "value", "Type")]
    public static string Members(JsonObject value) => Effect.Of([value.ToJsonString()]);

    [McpServerTool, Sample("""{"value":[1,{"a":2}]}"""), Refused("""{"value":{"a":1}}""", "value", "Type")]
    public static string Elements(JsonArray value) => Effect.Of([value.ToJsonString()]);

    [McpServerTool, Sample("""{"value":{"a":1}}"""), Sample("""{"value":"x"}"""), Refused(Deep, "value", "Depth")]
    public static string Anything(object value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"a":{"b":1},"c":"d"}}"""), Refused("""{"value":{"a":{"b":1,"b":2}}}""", "value", "Duplicate")]
    public static string TableOfAnything(Dictionary<string, JsonElement> value) => Effect.Of([value]);
}
