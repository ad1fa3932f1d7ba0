using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace McpSecureGen.Validation.Output;

/// <summary>
/// What is written in the place of a sensitive member. It depends on the type alone, so that it tells nothing of the value, not even whether there is one,
/// and it has the JSON type that the output schema asks for.
/// </summary>
/// <remarks>
/// Text is <c>[redacted]</c>. Anything else that may be null is null. A number is 0, a truth value false, an array and a dictionary are empty, an object
/// holds placeholders for what it must hold, and an enumeration is its first value.
/// </remarks>
internal static class SensitivePlaceholder
{
    private const int MaxDepth = 16;

    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true };

    internal static JsonElement Of(JsonSerializerOptions options, Type type, bool mayBeNull) =>
        JsonElement.Parse(Of(JsonSchemaExporter.GetJsonSchemaAsNode(options, type, Exporting), mayBeNull, 0)?.ToJsonString() ?? "null");

    private static JsonNode? Of(JsonNode? schema, bool mayBeNull, int depth)
    {
        if (schema is not JsonObject described || depth > MaxDepth)
        {
            return OutputScrub.Redacted;
        }

        var choices = described["enum"] as JsonArray;
        var isNumber = IsOf(described, "integer") || IsOf(described, "number");

        // A number that may also be read from text has both types.
        if (choices is null && !isNumber && (!described.ContainsKey("type") || IsOf(described, "string")))
        {
            return OutputScrub.Redacted;
        }

        if (mayBeNull || IsOf(described, "null") || choices?.Any(static choice => choice is null) is true)
        {
            return null;
        }

        return choices is { Count: > 0 } ? choices[0]!.DeepClone()
            : isNumber ? 0
            : IsOf(described, "boolean") ? false
            : IsOf(described, "array") ? new JsonArray()
            : Members(described, depth);
    }

    private static JsonObject Members(JsonObject described, int depth)
    {
        var members = new JsonObject();
        foreach (var name in (described["required"] as JsonArray ?? []).Select(static name => name?.GetValue<string>()).OfType<string>())
        {
            members[name] = Of((described["properties"] as JsonObject)?[name], mayBeNull: false, depth + 1);
        }

        return members;
    }

    private static bool IsOf(JsonObject described, string type) => described["type"] switch
    {
        JsonValue one => one.GetValue<string>() == type,
        JsonArray several => several.Any(each => each?.GetValue<string>() == type),
        _ => false,
    };
}
