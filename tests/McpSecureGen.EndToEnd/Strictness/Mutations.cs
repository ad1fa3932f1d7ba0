using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>Derives bad input from good input and the schema: every argument missing, repeated, differently cased, null, of another type; one too many.</summary>
internal static class Mutations
{
    public static IEnumerable<(string Arguments, string Parameter, string[] Rules)> Of(string sample, JsonElement schema)
    {
        (string Name, string Json)[] given = [.. JsonElement.Parse(sample).EnumerateObject().Select(static p => (p.Name, p.Value.GetRawText()))];
        yield return (Text([.. given, ("zz_unknown", "1")]), "zz_unknown", ["Unknown"]);
        var properties = schema.TryGetProperty("properties", out var p) ? p : default;
        string[] required = schema.TryGetProperty("required", out var r) ? [.. r.EnumerateArray().Select(static name => name.GetString()!)] : [];
        foreach (var (name, json) in given)
        {
            yield return (Text([.. given, (name, json)]), "arguments", ["Duplicate"]);
            if (required.Contains(name))
            {
                yield return (Text([.. given.Where(argument => argument.Name != name)]), name, ["Required"]);
            }

            var recased = char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name[1..] : char.ToUpperInvariant(name[0]) + name[1..];
            if (recased != name && !properties.TryGetProperty(recased, out _))
            {
                yield return (
                    Text([.. given.Select(argument => argument.Name == name ? (recased, json) : argument)]),
                    required.Contains(name) ? name : char.IsAscii(recased[0]) ? recased : "(unprintable name)",
                    ["Required", "Unknown"]);
            }

            if (TypesOf(properties.GetProperty(name)) is not { Length: > 0 } types)
            {
                continue;
            }

            if (!types.Contains("null"))
            {
                yield return (With(given, name, "null"), name, ["NotNull", "Type", "Enum"]);
            }

            var other = !types.Contains("object") ? """{"zz":[]}""" : !types.Contains("array") ? "[[]]" : "1.5";
            yield return (With(given, name, other), name, ["Type", "Enum"]);
        }
    }

    private static string With((string Name, string Json)[] given, string name, string json) =>
        Text([.. given.Select(argument => argument.Name == name ? (name, json) : argument)]);

    private static string Text((string Name, string Json)[] arguments) =>
        "{" + string.Join(",", arguments.Select(static a => $"{JsonSerializer.Serialize(a.Name)}:{a.Json}")) + "}";

    private static string[] TypesOf(JsonElement schema) => schema.ValueKind != JsonValueKind.Object ? [] : schema switch
    {
        _ when schema.TryGetProperty("type", out var type) => type.ValueKind == JsonValueKind.String
            ? [type.GetString()!]
            : [.. type.EnumerateArray().Select(static t => t.GetString()!)],
        _ when schema.TryGetProperty("enum", out var values) => [.. values.EnumerateArray().Select(static v => v.ValueKind == JsonValueKind.Null ? "null" : "string").Distinct()],
        _ => [],
    };
}
