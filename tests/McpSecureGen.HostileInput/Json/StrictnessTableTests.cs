using System.Text.Json;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.HostileInput.Json.Support;

namespace McpSecureGen.HostileInput.Json;

/// <summary>What no argument may be, wherever it stands: refused by a rule that is named, and the method does not run.</summary>
[Collection("Json")]
public sealed class StrictnessTableTests(ITestOutputHelper output)
{
    private static readonly string Digits = new('9', 300);

    /// <summary>Method, arguments, rule. <c>Protocol</c>: the transport's own parser gives up before any rule.</summary>
    private static readonly (string Method, string Arguments, string Rule)[] Hostile =
    [
        // Unknown, repeated and differently spelt members.
        ("AnInt", """{"value":1,"other":2}""", "Unknown"),
        ("AnInt", """{"VALUE":1}""", "Required"),
        ("AnInt", """{"value":1,"VALUE":2}""", "Unknown"),
        ("AnInt", """{"value":1,"value":2}""", "Duplicate"),
        ("AnInt", "{\"value\":1,\"v\\u0061lue\":2}", "Duplicate"),
        ("AnInt", """{"value":1,"value ":2}""", "Unknown"),
        ("AnInt", "{\"value\":1,\"val\\u200bue\":2}", "Unknown"),
        ("AnInt", "{\"value\":1,\"__proto__\":{\"admin\":true}}", "Unknown"),
        ("AnInt", """{"value":1,"$type":"x"}""", "Unknown"),
        ("AnInt", """{"value":1,"":2}""", "Unknown"),
        ("Several", "{\"first\":1,\"\\u017Fecond\":\"x\"}", "Unknown"),
        ("Several", "{\"first\":1,\"second\":\"a\",\"SECOND\":\"b\"}", "Unknown"),
        ("Several", "{\"first\":1,\"second\":\"a\",\"\\u0073econd\":\"b\"}", "Duplicate"),
        ("OnePart", """{"value":{"name":"a","name":"b"}}""", "Duplicate"),
        ("OnePart", "{\"value\":{\"name\":\"a\",\"n\\u0061me\":\"b\"}}", "Duplicate"),
        ("OnePart", """{"value":{"name":"a","NAME":"b"}}""", "Type"),
        ("OnePart", "{\"value\":{\"name\":\"a\",\"tag\\u017F\":[]}}", "Type"),
        ("OnePart", """{"value":{"name":"a","extra":1}}""", "Type"),
        ("OnePart", """{"value":{"name":"a","__proto__":{}}}""", "Type"),
        ("OnePart", """{"value":{"name":"a","constructor":{}}}""", "Type"),
        ("OnePart", """{"value":{"$type":"McpSecureGen.HostileInput.Json.Part","name":"a"}}""", "Type"),
        ("OnePart", """{"value":{"$id":"1","name":"a"}}""", "Type"),
        ("OnePart", """{"value":{"$ref":"1"}}""", "Type"),
        ("ATree", """{"value":{"$id":"1","name":"a","branches":[{"$ref":"1"}]}}""", "Type"),
        ("Parts", """{"value":[{"name":"a"},{"name":"b","name":"c"}]}""", "Duplicate"),
        ("Parts", """{"value":{"$values":[]}}""", "Type"),
        ("OpenTable", """{"value":{"a":"1","a":"2"}}""", "Duplicate"),
        ("Json", """{"value":{"a":1,"a":2}}""", "Duplicate"),
        ("Json", "{\"value\":[{\"a\":1,\"\\u0061\":2}]}", "Duplicate"),

        // Polymorphism.
        ("AThing", """{"value":{"$type":"shell","name":"a"}}""", "Type"),
        ("AThing", """{"value":{"$type":"box","$type":"ball","name":"a","edge":1}}""", "Duplicate"),
        ("AThing", """{"value":{"$TYPE":"box","name":"a","edge":1}}""", "Type"),
        ("AThing", """{"value":{"$type":"box","name":"a","edge":1,"radius":1}}""", "Type"),
        ("AThing", """{"value":{"$type":1,"name":"a","edge":1}}""", "Type"),
        ("Things", """{"value":[{"$type":"box","name":"a","edge":10}]}""", "Range"),

        // Numbers.
        ("AnInt", """{"value":"1"}""", "Type"),
        ("AnInt", """{"value":1.0}""", "Type"),
        ("AnInt", """{"value":1e0}""", "Type"),
        ("AnInt", """{"value":4294967297}""", "Type"),
        ("AnInt", """{"value":true}""", "Type"),
        ("AReal", """{"value":1e400}""", "Type"),
        ("AReal", """{"value":-1e400}""", "Type"),
        ("AReal", """{"value":"NaN"}""", "Type"),
        ("AReal", """{"value":"Infinity"}""", "Type"),
        ("ADecimal", """{"value":1e99999999}""", "Type"),
        ("ADecimal", """{"value":"1"}""", "Type"),
        ("ALong", $$"""{"value":{{Digits}}}""", "MaxLength"),
        ("AReal", $$"""{"value":0.{{Digits}}}""", "MaxLength"),
        ("Numbers", """{"value":[1,"2"]}""", "Type"),
        ("Numbers", """{"value":[1,2.5]}""", "Type"),
        ("Numbers", $$"""{"value":[1,{{Digits}}]}""", "MaxLength"),
        ("Json", """{"value":1e400}""", "Finite"),
        ("Json", """{"value":[{"a":1e99999999}]}""", "Finite"),
        ("Json", $$"""{"value":[0.{{Digits}}]}""", "MaxLength"),
        ("ACrate", """{"value":{"label":"ab","weight":1e400}}""", "Finite"),
        ("AByte", """{"value":256}""", "Type"),
        ("AByte", """{"value":-1}""", "Type"),

        // Enums.
        ("AnEnum", """{"value":"red"}""", "Enum"),
        ("AnEnum", """{"value":0}""", "Enum"),
        ("AnEnum", """{"value":99}""", "Enum"),
        ("AnEnum", """{"value":"1"}""", "Enum"),
        ("AnEnum", """{"value":"Red,Blue"}""", "Enum"),
        ("Enums", """{"value":["Red","99"]}""", "Type"),
        ("ACrate", """{"value":{"label":"ab","hue":"red"}}""", "Type"),

        // Text.
        ("Unbounded", "{\"value\":\"a\\u0000b\"}", "Text"),
        ("Unbounded", "{\"value\":\"\\u0000\"}", "Text"),
        ("Unbounded", "{\"value\":\"\\\\\\u0000\"}", "Text"),
        ("OnePart", "{\"value\":{\"name\":\"a\\u0000\"}}", "Text"),
        ("Texts", "{\"value\":[\"a\",\"\\u0000\"]}", "Text"),
        ("OpenTable", "{\"value\":{\"a\":\"\\u0000\"}}", "Text"),
        ("OpenTable", "{\"value\":{\"a\\u0000\":\"b\"}}", "Text"),
        ("Json", "{\"value\":[[{\"a\":\"\\u0000\"}]]}", "Text"),
        ("Open", "{\"value\":{\"known\":1,\"rest\":\"\\u0000\"}}", "Text"),

        // Size, depth, number.
        ("Unbounded", $$"""{"value":"{{new string('a', 65_537)}}"}""", "MaxLength"),
        ("OnePart", $$"""{"value":{"name":"a","tags":["{{new string('a', 65_537)}}"]} }""", "MaxLength"),
        ("OpenTable", $$"""{"value":{"{{new string('k', 65_537)}}":"v"} }""", "MaxLength"),
        ("OpenTable", $$"""{"value":{ {{string.Join(',', Enumerable.Range(0, 1_025).Select(static i => $"\"k{i}\":\"v\""))}} } }""", "MaxLength"),
        ("Numbers", $$"""{"value":[{{string.Join(',', Enumerable.Repeat(1, 1_025))}}]}""", "MaxLength"),
        ("Json", $$"""{"value":[{{string.Join(',', Enumerable.Repeat(1, 1_025))}}]}""", "MaxLength"),
        ("Json", $$"""{"value":{ {{string.Join(',', Enumerable.Range(0, 1_025).Select(static i => $"\"k{i}\":1"))}} } }""", "MaxLength"),
        ("Json", $$"""{"value":{"{{new string('k', 65_537)}}":1} }""", "MaxLength"),
        ("Json", $$"""{"value":"{{new string('a', 65_537)}}"}""", "MaxLength"),
        ("Open", $$"""{"value":{"rest":"{{new string('a', 65_537)}}" } }""", "MaxLength"),
        ("Json", $$"""{"value":{{new string('[', 33)}}{{new string(']', 33)}}}""", "Depth"),
        ("ATree", $$"""{"value":{{string.Concat(Enumerable.Repeat("{\"name\":\"a\",\"branches\":[", 20))}}{{string.Concat(Enumerable.Repeat("]}", 20))}}}""", "Depth"),
        ("Json", $$"""{"value":["{{new string('a', 4_200_000)}}"]}""", "Size"),

        // Kinds.
        ("Unbounded", """{"value":null}""", "NotNull"),
        ("Unbounded", """{"value":["a"]}""", "Type"),
        ("Unbounded", """{"value":{"toString":"a"}}""", "Type"),
        ("Texts", """{"value":"a"}""", "Type"),
        ("Texts", """{"value":{"0":"a","length":1}}""", "Type"),
        ("Texts", """{"value":["a",null]}""", "NotNull"),
        ("OnePart", """{"value":"{\"name\":\"a\"}"}""", "Type"),
        ("OnePart", """{"value":[["name","a"]]}""", "Type"),
        ("AFlag", """{"value":1}""", "Type"),
        ("AFlag", """{"value":"true"}""", "Type"),
    ];

    [Fact]
    public async Task Each_row_is_refused_by_its_rule_and_the_method_does_not_run()
    {
        await using var server = await JsonStringTests.StartAsync();
        var problems = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (method, arguments, rule) in Hostile)
        {
            server.NewAudit();
            var found = await server.RuleAsync(Answers.ToolName(method), method, arguments);
            counts[found ?? "-"] = counts.GetValueOrDefault(found ?? "-") + 1;
            if (found != rule)
            {
                problems.Add($"{method} {(arguments.Length > 120 ? arguments[..120] : arguments)}: {found ?? "accepted"} instead of {rule}");
            }

            if (found != "Protocol" && server.NewAudit() is not [{ } record])
            {
                problems.Add($"{method}: not one record");
            }
        }

        output.WriteLine($"{Hostile.Length} hostile arguments: {string.Join(", ", counts.Select(static c => $"{c.Key} {c.Value}"))}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>Text that no string can hold ends in the SDK's own reading of the message: an error, and the method does not run.</summary>
    [Theory]
    [InlineData("Unbounded", """{"value":"\ud800"}""")]
    [InlineData("Unbounded", """{"value":"\udc00\ud800"}""")]
    [InlineData("OnePart", """{"value":{"name":"\ud83d"}}""")]
    [InlineData("OpenTable", """{"value":{"\ud800":"a"}}""")]
    [InlineData("Json", """{"value":{"\ud800":1}}""")]
    public async Task A_lone_surrogate_never_reaches_a_method(string method, string arguments)
    {
        await using var server = await JsonStringTests.StartAsync();
        Assert.NotNull(await server.RuleAsync(Answers.ToolName(method), method, arguments));
    }

    [Theory]
    [InlineData("plain_prompt", "{\"value\":\"a\\u0000\"}", "Text")]
    [InlineData("plain_prompt", """{"value":"a","value":"b"}""", "Duplicate")]
    [InlineData("plain_prompt", """{"value":"a","VALUE":"b"}""", "Unknown")]
    [InlineData("plain_prompt", """{"Value":"a"}""", "Required")]
    [InlineData("plain_prompt", """{"value":5}""", "Type")]
    public async Task Prompts_are_as_strict(string prompt, string arguments, string rule)
    {
        await using var server = await JsonStringTests.StartAsync();
        var before = Ran.Count(nameof(PackedPrompts.PlainPrompt));
        Assert.Equal(rule, (await server.GetAsync(prompt, arguments)).GetProperty("error").GetProperty("data").GetProperty("rule").GetString());
        Assert.Equal(before, Ran.Count(nameof(PackedPrompts.PlainPrompt)));
    }

    [Theory]
    [InlineData("plain://a%00b", "Text")]
    [InlineData("plain://%ED%A0%80", null)]
    public async Task Variables_of_URIs_are_as_strict(string uri, string? rule)
    {
        await using var server = await JsonStringTests.StartAsync();
        var before = Ran.Count(nameof(PackedPrompts.PlainResource));
        var answer = await server.ReadAsync(uri);
        if (rule is not null)
        {
            Assert.Equal(rule, answer.GetProperty("error").GetProperty("data").GetProperty("rule").GetString());
        }

        Assert.True(answer.TryGetProperty("error", out _) || Ran.Last(nameof(PackedPrompts.PlainResource)).All(static c => !char.IsSurrogate(c)), answer.ToString());
        Assert.Equal(before + (answer.TryGetProperty("error", out _) ? 0 : 1), Ran.Count(nameof(PackedPrompts.PlainResource)));
    }

    [Fact]
    public async Task Limits_come_from_configuration()
    {
        await using var server = await JsonStringTests.StartAsync(static settings =>
        {
            settings["McpSecurity:Limits:MaxNumberLength"] = "3";
            settings["McpSecurity:Limits:AllowNul"] = "true";
            settings["McpSecurity:Limits:MaxDepth"] = "2";
        });
        Assert.Null(await server.RuleAsync("a_long", "ALong", """{"value":5}"""));
        Assert.Equal("MaxLength", await server.RuleAsync("a_real", "AReal", """{"value":1.25}"""));
        Assert.Equal("MaxLength", await server.RuleAsync("packed_any", nameof(PackedTools.PackedAny), JsonStringTests.Arguments("[1234]")));
        Assert.Null(await server.RuleAsync("unbounded", "Unbounded", "{\"value\":\"a\\u0000b\"}"));
        Assert.Null(await server.RuleAsync("packed_any", nameof(PackedTools.PackedAny), JsonStringTests.Arguments("[[\"\\u0000\"]]")));
        Assert.Equal("JsonString", await server.RuleAsync("packed_any", nameof(PackedTools.PackedAny), JsonStringTests.Arguments("[[[]]]")));
    }

    [Theory]
    [InlineData("MaxDepth", "65"), InlineData("MaxDepth", "0"), InlineData("MaxNumberLength", "0")]
    public async Task A_limit_that_is_none_stops_the_start(string setting, string value)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => JsonStringTests.StartAsync(settings => settings["McpSecurity:Limits:" + setting] = value));
        Assert.Contains("McpSecurity:Limits:" + setting, error.Message, StringComparison.Ordinal);
    }
}
