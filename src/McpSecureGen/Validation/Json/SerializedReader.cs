using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace McpSecureGen.Validation.Json;

/// <summary>
/// Reads everything that has members or elements, and the rarer scalar types, with the serializer under strict options: no unknown, repeated or
/// differently cased member, no <c>null</c> for a member that is never null, no missing constructor parameter, no number as a string.
/// </summary>
internal sealed class SerializedReader<T>(JsonTypeInfo<T> typeInfo, LimitOptions limits) : ValueReader<T>
{
    private static readonly bool IsFreeForm =
        typeof(T) == typeof(JsonElement) || typeof(T) == typeof(JsonDocument) || typeof(T) == typeof(object) || typeof(JsonNode).IsAssignableFrom(typeof(T));

    /// <summary>The one type that holds JSON null as a value.</summary>
    public override bool ReadsNull => typeof(T) == typeof(JsonElement);

    public override bool TryRead(JsonElement json, out T value, out RuleViolation violation)
    {
        value = default!;
        if (JsonStructure.FindViolation(json, limits, IsFreeForm) is { } structural)
        {
            violation = structural;
            return false;
        }

        try
        {
            value = json.Deserialize(typeInfo)!;
        }
        catch (JsonException e)
        {
            // The serializer's own message can name CLR types; the path says enough for the model to correct itself.
            violation = new RuleViolation("Type", "does not have the form the schema asks for", PathOf(e));
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            // A constructor or converter of the argument type refused the value.
            violation = new RuleViolation("Type", "does not have the form the schema asks for");
            return false;
        }

        violation = default;
        return value is not null || RefuseNull(out violation);
    }

    public override bool TryReadText(string text, out T value, out RuleViolation violation)
    {
        var json = JsonSerializer.SerializeToElement(text, StrictJson.Text);
        return TryRead(json, out value, out violation);
    }

    private static bool RefuseNull(out RuleViolation violation)
    {
        violation = new RuleViolation("NotNull", "must not be null");
        return false;
    }

    /// <summary>The serializer's <c>$.items[2].name</c> without its root, when it is made of plain member names.</summary>
    private static string PathOf(JsonException e) =>
        e.Path is { Length: > 1 and <= 128 } path && path.All(static c => char.IsAsciiLetterOrDigit(c) || c is '$' or '.' or '[' or ']' or '_')
            ? path[1..]
            : "";
}
