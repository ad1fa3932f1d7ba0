using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace McpSecureGen.HostileInput.Json.Support;

/// <summary>Makes values that a schema asks for, at its borders more often than not, and bends them.</summary>
internal sealed partial class SchemaValues(JsonElement root, Random random)
{
    private static readonly string[] Words =
    [
        "a", "ab", "abc", "abcd", "", " ", "one", "two", "root", "box", "A", "a@b.example", "https://example.org", "AQID", "\ud83d\ude00", "\ud83d\ude00\ud83d\ude00",
        "é", "e\u0301", "漢字", "0", "5", "true", "null", "a\nb", "\u202eb", "x\u200bx", "Red", "red", "1", "5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f", "2026-01-02", "[]", "{}",
        """[{"name":"a"}]""", """[{"name":"a","count":101}]""", """[{"name":"a"},{"name":"b"},{"name":"c"}]""",
    ];

    private static readonly string[] Numbers =
        ["0", "1", "-1", "2", "3", "5", "7", "8", "9.5", "0.5", "-0.5", "0.50000001", "5.4", "1.0", "1e2", "255", "256", "2147483648", "-9223372036854775809", "1e400", "10", "10.0000000001", "100", "101"];

    public static bool HasFractionalWhole(string json) => FractionalWhole().IsMatch(json);

    public static bool HasHugeNumber(string json) => Huge().IsMatch(json);

    public JsonNode? Value(JsonElement schema, int depth)
    {
        schema = Follow(schema);
        if (schema.ValueKind != JsonValueKind.Object || depth > 6)
        {
            return Anything(depth);
        }

        if (random.Next(25) == 0)
        {
            return Anything(depth);
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var choices) && random.Next(8) != 0)
        {
            return JsonNode.Parse(Pick([.. choices.EnumerateArray()]).GetRawText());
        }

        if (schema.TryGetProperty("anyOf", out var forms))
        {
            return Value(Pick([.. forms.EnumerateArray()]), depth);
        }

        return (TypeOf(schema)) switch
        {
            "object" => Object(schema, depth),
            "array" => Array(schema, depth),
            "string" => Text(schema),
            "integer" => Number(schema, whole: true),
            "number" => Number(schema, whole: false),
            "boolean" => random.Next(2) == 0,
            "null" => null,
            _ => Anything(depth),
        };
    }

    /// <summary>One change somewhere.</summary>
    public JsonNode? Bend(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members when members.Count > 0 && random.Next(3) != 0:
                var name = Pick([.. members.Select(static m => m.Key)]);
                var bent = Bend(members[name]?.DeepClone());
                members[name] = bent;
                return members;
            case JsonObject members:
                switch (random.Next(4))
                {
                    case 0:
                        members[Pick(["extra", "__proto__", "$type", "$id", "$ref", "Value", "VALUE", "\u017Fecond", "va\u006cue "])] = Anything(5);
                        break;
                    case 1 when members.Count > 0:
                        members.Remove(Pick([.. members.Select(static m => m.Key)]));
                        break;
                    case 2 when members.Count > 0:
                        var old = Pick([.. members.Select(static m => m.Key)]);
                        var kept = members[old]?.DeepClone();
                        members.Remove(old);
                        members[old.ToUpperInvariant()] = kept;
                        break;
                    default:
                        return Anything(4);
                }

                return members;
            case JsonArray items when items.Count > 0 && random.Next(2) == 0:
                var index = random.Next(items.Count);
                items[index] = Bend(items[index]?.DeepClone());
                return items;
            case JsonArray items:
                items.Add(items.Count == 0 ? Anything(5) : items[0]?.DeepClone());
                return items;
            default:
                return Anything(4);
        }
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var members = new JsonObject();
        string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(static n => n.GetString()!)] : [];
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (required.Contains(property.Name) || random.Next(2) == 0)
                {
                    members[property.Name] = Value(property.Value, depth + 1);
                }
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
        {
            for (var i = Count(schema, "minProperties", "maxProperties"); i > 0; i--)
            {
                members[$"k{i}"] = Value(more, depth + 1);
            }
        }

        return members;
    }

    private JsonArray Array(JsonElement schema, int depth)
    {
        var items = new JsonArray();
        for (var i = Count(schema, "minItems", "maxItems"); i > 0; i--)
        {
            items.Add(schema.TryGetProperty("items", out var item) ? Value(item, depth + 1) : Anything(depth + 1));
        }

        return items;
    }

    private JsonNode Text(JsonElement schema)
    {
        if (random.Next(2) == 0 || schema.TryGetProperty("pattern", out _) || schema.TryGetProperty("format", out _) || schema.TryGetProperty("contentMediaType", out _))
        {
            return Pick(Words);
        }

        var length = Count(schema, "minLength", "maxLength");
        return string.Concat(Enumerable.Range(0, length).Select(_ => Pick((string[])["a", "b", "é", "漢", " ", "\ud83d\ude00"])));
    }

    private JsonNode Number(JsonElement schema, bool whole)
    {
        var bounds = schema.EnumerateObject().Where(static p => p.Name.EndsWith("inimum", StringComparison.Ordinal) || p.Name.EndsWith("aximum", StringComparison.Ordinal))
            .Select(static p => decimal.Parse(p.Value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray();
        if (bounds.Length > 0 && random.Next(3) != 0)
        {
            var near = Pick(bounds) + Pick<decimal>(whole ? [0m, 1m, -1m] : [0m, 1m, -1m, 0.0001m, -0.0001m, 0.4m, -0.4m]);
            return JsonNode.Parse(near.ToString(CultureInfo.InvariantCulture))!;
        }

        return JsonNode.Parse(Pick(Numbers))!;
    }

    private JsonNode? Anything(int depth) => random.Next(depth > 4 ? 5 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse(Pick(Numbers)),
        3 or 4 => Pick(Words),
        5 => new JsonArray(Anything(depth + 1)),
        _ => new JsonObject { [Pick(["name", "value", "x", "label"])] = Anything(depth + 1) },
    };

    /// <summary>A number of things at a bound, one beside it, or few.</summary>
    private int Count(JsonElement schema, string min, string max)
    {
        var low = schema.TryGetProperty(min, out var lower) ? lower.GetInt32() : 0;
        var high = schema.TryGetProperty(max, out var upper) ? upper.GetInt32() : 3;
        return Math.Max(0, high > 100 ? random.Next(40) == 0 && high < 2_000 ? high + random.Next(2) : random.Next(4)
            : Pick((int[])[low, high, low - 1, high + 1, low + 1]));
    }

    private string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.String ? type.GetString() : Pick([.. type.EnumerateArray()]).GetString();

    private JsonElement Follow(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1)
                .Aggregate(root, static (node, step) => node.ValueKind == JsonValueKind.Array ? node[int.Parse(step, CultureInfo.InvariantCulture)] : node.GetProperty(step));
        }

        return schema;
    }

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

    [GeneratedRegex(@"[:\[,]-?\d+(\.\d*)?[eE][+]?\d+|[:\[,]-?\d+\.0+(?!\d)")]
    private static partial Regex FractionalWhole();

    [GeneratedRegex(@"\d{3,}|e\d{2,}|[eE]\+?\d{2,}")]
    private static partial Regex Huge();
}
