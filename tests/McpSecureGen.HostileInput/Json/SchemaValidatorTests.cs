using System.Text.Json;
using McpSecureGen.HostileInput.Json.Support;

namespace McpSecureGen.HostileInput.Json;

/// <summary>The validator that judges the published schemas, judged by the official suite.</summary>
public sealed class SchemaValidatorTests(ITestOutputHelper output)
{
    private static readonly string[] Files =
    [
        "additionalProperties", "allOf", "anyOf", "boolean_schema", "const", "default", "enum", "exclusiveMaximum", "exclusiveMinimum", "items", "maxItems", "maxLength",
        "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "not", "oneOf", "pattern", "prefixItems", "properties", "propertyNames", "ref",
        "required", "type",
    ];

    [Fact]
    public void The_official_suite_agrees_with_it_wherever_it_knows_the_keywords()
    {
        var folder = Corpora.FolderOrSkip("json/json-schema-2020-12");
        var (agreed, unknown, wrong) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var file in Files)
        {
            using var suite = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file + ".json")));
            foreach (var group in suite.RootElement.EnumerateArray())
            {
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    try
                    {
                        var valid = new SchemaValidator(group.GetProperty("schema")).IsValid(test.GetProperty("data"));
                        if (valid == test.GetProperty("valid").GetBoolean())
                        {
                            agreed++;
                        }
                        else
                        {
                            wrong.Add($"{file}: {group.GetProperty("description")}: {test.GetProperty("description")}");
                        }
                    }
                    catch (NotSupportedException e)
                    {
                        unknown[e.Message] = unknown.GetValueOrDefault(e.Message) + 1;
                    }
                }
            }
        }

        output.WriteLine($"agreed: {agreed}; with keywords that it refuses to judge: {unknown.Values.Sum()} ({string.Join(", ", unknown.Select(static u => $"{u.Key} {u.Value}"))})");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(agreed > 300, $"{agreed}");
    }

    [Theory]
    [InlineData("""{"type":"integer","minimum":1}""", "1", true)]
    [InlineData("""{"type":"integer","minimum":1}""", "1.0", true)]
    [InlineData("""{"type":"integer","minimum":1}""", "0.9999999999999999999999", false)]
    [InlineData("""{"type":"string","maxLength":1}""", "\"\\ud83d\\ude00\"", true)]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$"}""", "\"abc\\n\"", false)]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"$ref":"#/properties/a"}}},"additionalProperties":false}""", """{"a":[[[]]]}""", true)]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"$ref":"#/properties/a"}}},"additionalProperties":false}""", """{"a":[[1]]}""", false)]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"b":1}""", false)]
    public void It_judges_what_schemas_of_tools_are_made_of(string schema, string value, bool isValid) =>
        Assert.Equal(isValid, new SchemaValidator(JsonElement.Parse(schema)).IsValid(JsonElement.Parse(value)));
}
