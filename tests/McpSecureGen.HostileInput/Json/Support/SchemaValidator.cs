using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpSecureGen.HostileInput.Json.Support;

/// <summary>
/// Validates JSON against the part of JSON Schema 2020-12 that schemas of tools are made of; it says so when a schema uses anything else. It shares no code
/// with the product, counts numbers exactly and text in code points, and is itself tested with the official suite.
/// </summary>
internal sealed class SchemaValidator(JsonElement root)
{
    /// <summary>Words that say something to a reader and nothing about validity.</summary>
    private static readonly HashSet<string> Annotations =
    [
        "title", "description", "default", "examples", "format", "contentMediaType", "contentEncoding", "contentSchema", "$schema", "$comment", "$defs", "readOnly",
        "writeOnly", "deprecated",
    ];

    public bool IsValid(JsonElement value) => IsValid(root, value, 0);

    private bool IsValid(JsonElement schema, JsonElement value, int depth)
    {
        if (depth > 200)
        {
            throw new NotSupportedException("too deep");
        }

        return schema.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => schema.EnumerateObject().All(keyword => Holds(keyword, schema, value, depth + 1)),
        };
    }

    private bool Holds(JsonProperty keyword, JsonElement schema, JsonElement value, int depth)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "type" => rule.ValueKind == JsonValueKind.String ? IsA(value, rule.GetString()!) : rule.EnumerateArray().Any(type => IsA(value, type.GetString()!)),
            "enum" => rule.EnumerateArray().Any(choice => AreEqual(choice, value)),
            "const" => AreEqual(rule, value),
            "minimum" => value.ValueKind != JsonValueKind.Number || Number(value).CompareTo(Number(rule)) >= 0,
            "maximum" => value.ValueKind != JsonValueKind.Number || Number(value).CompareTo(Number(rule)) <= 0,
            "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || Number(value).CompareTo(Number(rule)) > 0,
            "exclusiveMaximum" => value.ValueKind != JsonValueKind.Number || Number(value).CompareTo(Number(rule)) < 0,
            "minLength" => value.ValueKind != JsonValueKind.String || Length(value) >= Count(rule),
            "maxLength" => value.ValueKind != JsonValueKind.String || Length(value) <= Count(rule),
            "pattern" => value.ValueKind != JsonValueKind.String || IsMatch(value.GetString()!, rule.GetString()!),
            "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray()
                .Skip(schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0).All(item => IsValid(rule, item, depth)),
            "prefixItems" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Zip(rule.EnumerateArray()).All(pair => IsValid(pair.Second, pair.First, depth)),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= Count(rule),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= Count(rule),
            "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= Count(rule),
            "maxProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() <= Count(rule),
            "required" => value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "properties" => value.ValueKind != JsonValueKind.Object ||
                rule.EnumerateObject().All(member => !value.TryGetProperty(member.Name, out var given) || IsValid(member.Value, given, depth)),
            "additionalProperties" => value.ValueKind != JsonValueKind.Object || (schema.TryGetProperty("patternProperties", out _)
                ? throw new NotSupportedException("patternProperties")
                : value.EnumerateObject().All(member =>
                    (schema.TryGetProperty("properties", out var declared) && declared.TryGetProperty(member.Name, out _)) || IsValid(rule, member.Value, depth))),
            "propertyNames" => value.ValueKind != JsonValueKind.Object ||
                value.EnumerateObject().All(member => IsValid(rule, JsonSerializer.SerializeToElement(member.Name), depth)),
            "allOf" => rule.EnumerateArray().All(form => IsValid(form, value, depth)),
            "anyOf" => rule.EnumerateArray().Any(form => IsValid(form, value, depth)),
            "oneOf" => rule.EnumerateArray().Count(form => IsValid(form, value, depth)) == 1,
            "not" => !IsValid(rule, value, depth),
            "$ref" => IsValid(Find(rule.GetString()!), value, depth),
            var name when Annotations.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal) => true,
            var name => throw new NotSupportedException(name),
        };
    }

    private JsonElement Find(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            throw new NotSupportedException("reference to another document");
        }

        var node = root;
        foreach (var step in reference[1..].Split('/').Skip(1))
        {
            var key = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node.ValueKind == JsonValueKind.Array ? node[int.Parse(key)] : node.GetProperty(key);
        }

        return node;
    }

    private static bool IsA(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Number(value).IsWhole,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException(type),
    };

    private static bool AreEqual(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Number(left).CompareTo(Number(right)) == 0,
        (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength() &&
            left.EnumerateArray().Zip(right.EnumerateArray()).All(static pair => AreEqual(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => left.EnumerateObject().Count() == right.EnumerateObject().Count() &&
            left.EnumerateObject().All(member => right.TryGetProperty(member.Name, out var other) && AreEqual(member.Value, other)),
        _ => JsonElement.DeepEquals(left, right),
    };

    private static Exact Number(JsonElement value) => Exact.Parse(value.GetRawText());

    private static int Count(JsonElement rule) => (int)rule.GetDouble();

    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static bool IsMatch(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, Pattern(pattern), RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            throw new NotSupportedException("pattern");
        }
    }

    /// <summary>A dollar of ECMA-262 is the very end, and its classes are ASCII.</summary>
    private static string Pattern(string ecma) => ecma.Replace("$", "(?!\\n)$", StringComparison.Ordinal).Replace("\\d", "[0-9]", StringComparison.Ordinal);
}
