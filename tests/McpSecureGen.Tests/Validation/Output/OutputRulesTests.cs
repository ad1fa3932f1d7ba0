using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Hosting;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Tests.Validation.Output;

public sealed class OutputRulesTests
{
    [Theory]
    [InlineData("a", "(?<=x)y", "linear time")]
    [InlineData("a", @"(x)\1", "linear time")]
    [InlineData("a", "(", "no regular expression")]
    [InlineData("a", "x*", "empty text")]
    [InlineData("a", "", "is empty")]
    [InlineData("a]b", "x", "name")]
    public void A_pattern_that_cannot_be_used_is_named_at_start_up(string name, string pattern, string says)
    {
        var refused = Assert.Throws<McpSecurityConfigurationException>(
            () => OutputRules.Create(new OutputOptions { SecretPatterns = { [name] = pattern } }, null));

        Assert.Contains($"McpSecurity:Output:SecretPatterns:{name}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_patterns_and_an_undefined_choice_are_named_at_start_up()
    {
        var options = new OutputOptions { Characters = (OutputCharacters)9 };
        for (var i = 0; i < 65; i++)
        {
            options.SecretPatterns[$"p{i}"] = "x";
        }

        var refused = Assert.Throws<McpSecurityConfigurationException>(() => OutputRules.Create(options, null));

        Assert.Contains("McpSecurity:Output:SecretPatterns has 65", refused.Message, StringComparison.Ordinal);
        Assert.Contains("McpSecurity:Output:Characters is 9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_pattern_is_replaced_by_its_name()
    {
        var rules = OutputRules.Create(new OutputOptions { SecretPatterns = { ["case number"] = @"\bC-[0-9]{6}\b" } }, null);

        Assert.Equal("see [redacted: case number].", rules.Redact("see C-123456."));
        const string other = "see C-12.";
        Assert.Same(other, rules.Redact(other));
    }

    [Theory]
    [InlineData("hunter2-hunter2", "is [redacted].")]
    [InlineData("short", "is short.")]
    [InlineData("a \"quoted\" word", "is [redacted].")]
    public void A_concealed_value_is_not_told(string value, string expected)
    {
        var scrub = Scrub(new OutputOptions(), value);

        Assert.Equal(expected, scrub.Text($"is {value}."));
    }

    [Fact]
    public void Nor_is_it_told_in_another_spelling()
    {
        const string value = "pass word/\"ü\" 42";
        var scrub = Scrub(new OutputOptions(), value);

        foreach (var spelling in new[]
        {
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value)),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value + " and more")),
            Uri.EscapeDataString(value),
            JsonSerializer.Serialize(value),
        })
        {
            Assert.Contains("[redacted]", scrub.Text($"x {spelling} y"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_token_of_the_call_and_of_the_process_is_not_told()
    {
        var scrub = new OutputScrub(OutputRules.Create(new OutputOptions(), "process.token.signature"), null, "call.token.signature", null);

        Assert.Equal("a [redacted: token] b [redacted: token]", scrub.Text("a call.token.signature b process.token.signature"));
        Assert.Equal("""{"t":"[redacted: token]"}""", JsonScrub.Clean(JsonElement.Parse("""{"t":"call.token.signature"}"""), scrub).GetRawText());
        Assert.Equal("""{"t":"[redacted: token]"}""", JsonScrub.Clean(JsonElement.Parse("""{"t":"\u0063all.token.signature"}"""), scrub).GetRawText());
    }

    [Fact]
    public void Json_is_cleaned_by_what_it_says_in_names_and_values()
    {
        var scrub = Scrub(new OutputOptions());
        var json = JsonElement.Parse("""{"a\u202eb":["\u001b[0m",1.50,true,null,{"c":"\ud800x"}],"d":1e400}""");

        var cleaned = JsonScrub.Clean(json, scrub);

        Assert.Equal("a<U+202E>b", cleaned.EnumerateObject().First().Name);
        Assert.Equal("<U+001B>[0m", cleaned.EnumerateObject().First().Value[0].GetString());
        Assert.Equal("<U+D800>x", cleaned.EnumerateObject().First().Value[4].GetProperty("c").GetString());
        Assert.Equal("1.50", cleaned.EnumerateObject().First().Value[1].GetRawText());
        Assert.Equal("1e400", cleaned.GetProperty("d").GetRawText());
    }

    [Fact]
    public void Clean_json_is_the_same_to_the_byte()
    {
        const string text = """{ "a" : [ 1.0 , "\u65e5本" ], "e\u0301": "x\ny" }""";

        Assert.Equal(text, JsonScrub.Clean(JsonElement.Parse(text), Scrub(new OutputOptions())).GetRawText());
        var node = JsonNode.Parse(text)!.AsObject();
        Assert.Same(node, JsonScrub.Clean(node, Scrub(new OutputOptions())));
        Assert.Same(text, Scrub(new OutputOptions()).TextOrJson(text));
    }

    [Fact]
    public void Text_that_is_json_is_cleaned_by_what_it_says_and_text_that_is_not_stays()
    {
        var scrub = Scrub(new OutputOptions());

        Assert.Equal("""{"a":"<U+202E>日"}""", scrub.TextOrJson("""{"a":"\u202e\u65e5"}"""));
        const string code = """{ printf("\u202e"); }""";
        Assert.Same(code, scrub.TextOrJson(code));
    }

    [Fact]
    public void A_number_that_is_a_concealed_value_is_not_told()
    {
        Assert.Equal("""{"pin":0,"n":12345}""", JsonScrub.Clean(JsonElement.Parse("""{"pin":123456,"n":12345}"""), Scrub(new OutputOptions(), "123456")).GetRawText());
    }

    [Fact]
    public void Refuse_throws_and_Keep_passes()
    {
        Assert.Throws<OutputRefusedException>(() => Scrub(new OutputOptions { Characters = OutputCharacters.Refuse }).Text("\u001b"));
        Assert.Equal("fine", Scrub(new OutputOptions { Characters = OutputCharacters.Refuse }).Text("fine"));
        Assert.Equal("\u001b", Scrub(new OutputOptions { Characters = OutputCharacters.Keep }).Text("\u001b"));
    }

    private static OutputScrub Scrub(OutputOptions options, params string[] concealed) => new(OutputRules.Create(options, null), concealed, null, null);
}
