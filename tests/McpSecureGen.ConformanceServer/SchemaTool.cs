using System.Text.Json;
using ModelContextProtocol.Server;

namespace McpSecureGen.ConformanceServer;

/// <summary>Gives one tool a schema of its author's own: with a dialect and definitions, which the SDK does not write by itself (SEP-1613).</summary>
internal static class SchemaTool
{
    public const string Name = "json_schema_2020_12_tool";

    private const string Schema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": {
              "type": "object",
              "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
            }
          },
          "properties": { "name": { "type": "string" }, "address": { "$ref": "#/$defs/address" } },
          "additionalProperties": false
        }
        """;

    public static void WriteSchema(McpServerOptions options)
    {
        if (options.ToolCollection is { } tools && tools.TryGetPrimitive(Name, out var tool))
        {
            tool.ProtocolTool.InputSchema = JsonElement.Parse(Schema);
        }
    }
}
