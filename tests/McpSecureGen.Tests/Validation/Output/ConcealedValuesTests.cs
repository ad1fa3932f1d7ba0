using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Invocation;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Tests.Validation.Output;

/// <summary>The value of a sensitive argument does not come back, whatever its type and whoever wrote the JSON.</summary>
public sealed class ConcealedValuesTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, object> Values => new()
    {
        { "day", new DateOnly(1990, 5, 17) },
        { "instant", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) },
        { "moment", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)) },
        { "hour", new TimeOnly(13, 14, 15, 160) },
        { "duration", TimeSpan.FromSeconds(98765) },
        { "bytes", "a secret key"u8.ToArray() },
        { "memory", new ReadOnlyMemory<byte>("a secret key"u8.ToArray()) },
        { "uri", new Uri("https://a.example.com/a%20b?sig=s%2Bcret") },
        { "guid", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { "number", 123456.70m },
        { "text", "pass\"word+1\nline" },
        { "list", new[] { "first secret", "other secret" } },
        { "dictionary", new Dictionary<string, string> { ["k"] = "a secret value" } },
        { "element", JsonElement.Parse("""{"a":["a secret value"],"b":12345678}""") },
        { "node", JsonNode.Parse("""{"a":["a secret value"],"b":12345678}""")! },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_found_as_json_holds_it(string name, object value)
    {
        foreach (var options in new[] { JsonSerializerOptions.Default, Relaxed })
        {
            var json = JsonSerializer.Serialize(new Dictionary<string, object> { [name] = value }, options);
            var result = Sent(value, json, JsonElement.Parse(json));
            foreach (var secret in Secrets(JsonElement.Parse(json)))
            {
                Assert.DoesNotContain(secret, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
                Assert.DoesNotContain(secret, result.StructuredContent!.Value.GetRawText(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("{\"a\":\"pass\\u0022word\\u002b1\\nline\"}")]
    [InlineData("{\"a\":\"pass\\\"word+1\\nline\"}")]
    [InlineData("log: {\"a\":\"pass\\\"word+1\\nline\"}")]
    [InlineData("{\"a\":\"p\\u0061ss\\\"word+1\\nline\"}")]
    public void Json_by_any_encoder_gives_no_value_away(string json) =>
        Assert.Contains("[redacted]", Assert.IsType<TextContentBlock>(Sent("pass\"word+1\nline", json, null).Content[0]).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"a\":\"x\\b\\b\"}", "{\"a\":\"x<U+0008><U+0008>\"}")]
    [InlineData("{\"a\":\"x\\f\"}", "{\"a\":\"x<U+000C>\"}")]
    [InlineData("{ \"path\" : \"C:\\\\backup\\\\files\",\n  \"quote\": \"say \\\"b\\\" \\/ \\n\" }", null)]
    public void Short_escapes_are_read_like_long_ones(string json, string? cleaned) =>
        Assert.Equal(cleaned ?? json, Assert.IsType<TextContentBlock>(Sent(null, json, null).Content[0]).Text);

    private static CallToolResult Sent(object? concealed, string text, JsonElement? structured)
    {
        var texts = new HashSet<string>();
        ConcealedTexts.Add(concealed, texts);
        var scrub = new OutputScrub(OutputRules.Create(new OutputOptions(), null), texts, null, null);
        return Outgoing.Of(new CallToolResult { Content = [new TextContentBlock { Text = text }], StructuredContent = structured }, scrub);
    }

    private static IEnumerable<string> Secrets(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static member => Secrets(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Secrets),
        JsonValueKind.Number => [json.GetRawText()],
        _ => [json.GetRawText()[1..^1]],
    };
}
