using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Invocation;

/// <summary>The structured half of a tool's result, in the form that the negotiated protocol version expects.</summary>
/// <remarks>
/// Up to 2025-11-25 an output schema had to describe an object, so the SDK lists any other schema as <c>{"result": ...}</c> and wraps the value
/// alike; from 2026-07-28 on (SEP-2106) both are natural. The list is shaped by the SDK; this class keeps the call in step with it.
/// </remarks>
internal sealed class StructuredContent(JsonElement? schema, JsonSerializerOptions options)
{
    private const string NaturalSince = "2026-07-28";

    private readonly bool _wrapsForOlderClients = schema is { } present && !DescribesObject(present);

    internal JsonSerializerOptions Options => options;

    /// <summary>The same, for results: without what is sensitive in them.</summary>
    internal JsonSerializerOptions ResultOptions => field ??= SensitiveContract.Of(options).Options;

    internal JsonElement? From(object? value, string? protocolVersion)
    {
        if (schema is null)
        {
            return null;
        }

        JsonElement? natural = value switch
        {
            null => null,
            JsonElement element => element,
            _ => JsonSerializer.SerializeToElement(value, ResultOptions.GetTypeInfo(typeof(object))),
        };

        if (!_wrapsForOlderClients || string.CompareOrdinal(protocolVersion, NaturalSince) >= 0)
        {
            return natural;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("result");
            if (natural is { } present)
            {
                present.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    /// <summary><c>"type":"object"</c>, or exactly the two types object and null.</summary>
    private static bool DescribesObject(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return false;
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => type.ValueEquals("object"),
            JsonValueKind.Array => type.GetArrayLength() == 2 &&
                type.EnumerateArray().Any(static t => t.ValueEquals("object")) &&
                type.EnumerateArray().Any(static t => t.ValueEquals("null")),
            _ => false,
        };
    }
}
