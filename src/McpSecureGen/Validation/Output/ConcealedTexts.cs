using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpSecureGen.Validation.Output;

/// <summary>The texts of a sensitive value: as code prints it, and as JSON holds it where that is another.</summary>
internal static class ConcealedTexts
{
    /// <summary>How many different ones a call may bring. Each is looked for in every text of the result, so that without a bound the client sets the price.</summary>
    internal const int Most = 8_192;

    private static readonly RuleViolation TooMany =
        new("Sensitive", $"must hold at most {Most.ToString(CultureInfo.InvariantCulture)} different sensitive values together");

    /// <summary>What is wrong with so many, or null.</summary>
    internal static RuleViolation? FaultOf(IReadOnlyCollection<string>? texts) => texts?.Count > Most ? TooMany : null;

    internal static void Add(object? value, HashSet<string> texts)
    {
        switch (value)
        {
            case JsonElement json:
                AddJson(json, texts);
                break;
            case JsonNode node:
                AddJson(JsonElement.Parse(node.ToJsonString()), texts);
                break;
            case byte[] bytes:
                AddText(Convert.ToBase64String(bytes), texts);
                break;
            case ReadOnlyMemory<byte> bytes:
                AddText(Convert.ToBase64String(bytes.Span), texts);
                break;
            case Memory<byte> bytes:
                AddText(Convert.ToBase64String(bytes.Span), texts);
                break;
            case ConfinedUrl url:
                AddText(url.Text, texts);
                break;
            case IEnumerable items and not string:
                foreach (var item in items is IDictionary dictionary ? dictionary.Values : items)
                {
                    Add(item, texts);
                }

                break;
            case IFormattable or string or char:
                AddText(Convert.ToString(value, CultureInfo.InvariantCulture), texts);
                AddText(JsonFormOf(value), texts);
                break;
        }
    }

    /// <summary>What the serializer writes, for the types where it is not what they print.</summary>
    private static string? JsonFormOf(object value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
        Uri uri => uri.OriginalString,
        _ => null,
    };

    private static void AddJson(JsonElement json, HashSet<string> texts)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                AddText(json.GetString(), texts);
                break;
            case JsonValueKind.Number:
                AddText(json.GetRawText(), texts);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    AddJson(item, texts);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    AddJson(member.Value, texts);
                }

                break;
        }
    }

    private static void AddText(string? text, HashSet<string> texts)
    {
        if (text is { Length: > 0 })
        {
            texts.Add(text);
        }
    }
}
