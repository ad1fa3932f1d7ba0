using System.Text.Json;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.HostileInput.Json.Support;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Json;

/// <summary>JSON inside text is read once, strictly, as its type; the method receives it written anew.</summary>
[Collection("Json")]
public sealed class JsonStringTests
{
    private const string Deep33 = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

    [Theory]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a"}""", """{"name":"a","count":1,"tags":null}""")]
    [InlineData(nameof(PackedTools.PackedPart), """ { "count" : 5 , "name" : "a" } """, """{"name":"a","count":5,"tags":null}""")]
    [InlineData(nameof(PackedTools.PackedPart), "{\"n\\u0061me\":\"a\"}", """{"name":"a","count":1,"tags":null}""")]
    [InlineData(nameof(PackedTools.PackedTable), """{"a":1,"b":2}""", """{"a":1,"b":2}""")]
    [InlineData(nameof(PackedTools.PackedNumber), "3", "3")]
    [InlineData(nameof(PackedTools.PackedAny), """[1, {"a": null}]""", """[1,{"a":null}]""")]
    [InlineData(nameof(PackedTools.PackedAny), "null", "null")]
    [InlineData(nameof(PackedTools.PackedAny), "\"\\\\u0000\"", "\"\\\\u0000\"")]
    [InlineData(nameof(PackedTools.PackedThing), """{"$type":"box","name":"b","edge":2}""", """{"$type":"box","edge":2,"name":"b"}""")]
    [InlineData(nameof(PackedTools.PackedThing), """{"name":"b","edge":2,"$type":"box"}""", """{"$type":"box","edge":2,"name":"b"}""")]
    [InlineData(nameof(PackedTools.PackedTree), """{"name":"a","branches":[{"name":"b"}]}""", """{"name":"a","branches":[{"name":"b","branches":null}]}""")]
    public async Task Good_text_arrives_written_anew(string method, string text, string arrives)
    {
        await using var server = await StartAsync();
        Assert.Null(await server.RuleAsync(Answers.ToolName(method), method, Arguments(text)));
        Assert.Equal(arrives, Ran.Last(method));
    }

    [Theory]
    [InlineData(nameof(PackedTools.PackedPart), "", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), "null", "NotNull")]
    [InlineData(nameof(PackedTools.PackedPart), "{}", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","name":"b"}""", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), "{\"name\":\"a\",\"n\\u0061me\":\"b\"}", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","Name":"b"}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","extra":1}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","__proto__":{}}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","$type":"x"}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"$id":"1","name":"a"}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"$ref":"1"}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","count":"5"}""", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","count":101}""", "Range")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"too long a name"}""", "StringLength")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a","tags":["1","2","3","4"]}""", "MaxLength")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a"} trailing""", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a"}{"name":"b"}""", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a",}""", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), """{"name":"a"/* */}""", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), "\ufeff{\"name\":\"a\"}", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), "{'name':'a'}", "JsonString")]
    [InlineData(nameof(PackedTools.PackedPart), "\"{\\\"name\\\":\\\"a\\\"}\"", "Type")]
    [InlineData(nameof(PackedTools.PackedPart), "{\"name\":\"\\u0000\"}", "Text")]
    [InlineData(nameof(PackedTools.PackedPart), "{\"name\":\"\\ud800\"}", "Type")]
    [InlineData(nameof(PackedTools.PackedAny), "\"\\ud800\"", "Text")]
    [InlineData(nameof(PackedTools.PackedAny), "1e400", "Finite")]
    [InlineData(nameof(PackedTools.PackedAny), Deep33, "JsonString")]
    [InlineData(nameof(PackedTools.PackedNumber), "6", "Range")]
    [InlineData(nameof(PackedTools.PackedNumber), "\"3\"", "Type")]
    [InlineData(nameof(PackedTools.PackedNumber), "NaN", "JsonString")]
    [InlineData(nameof(PackedTools.PackedThing), """{"name":"b","edge":2}""", "Type")]
    [InlineData(nameof(PackedTools.PackedThing), """{"$type":"box","name":"b","edge":20}""", "Range")]
    public async Task Bad_text_is_refused_and_the_method_does_not_run(string method, string text, string rule)
    {
        await using var server = await StartAsync();
        Assert.Equal(rule, await server.RuleAsync(Answers.ToolName(method), method, Arguments(text)));
    }

    [Fact]
    public async Task Every_path_packed_into_one_text_is_confined_and_arrives_canonical()
    {
        await using var server = await StartAsync();
        Directory.CreateDirectory(Path.Combine(server.Root, "a"));
        await File.WriteAllTextAsync(Path.Combine(server.Root, "in.txt"), "inside");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(server.Root)!, "out.txt"), "SENTINEL");

        Assert.Null(await server.RuleAsync("packed_paths", nameof(PackedTools.PackedPaths), Arguments("""["in.txt","a/../in.txt"]""")));
        var file = JsonSerializer.Serialize(Path.Combine(server.Root, "in.txt"));
        Assert.Equal($"[{file},{file}]", Ran.Last(nameof(PackedTools.PackedPaths)));
        string[] hostile =
        [
            """["../out.txt"]""", """["in.txt","../out.txt"]""", """["/etc/passwd"]""", """["..\\out.txt"]""", "[\"\\u002e\\u002e/out.txt\"]", "[\"\\u002e\\u002e\\u002fout.txt\"]",
            """["%2e%2e/out.txt"]""", """["a/../../out.txt"]""", "[\"in.txt\\u0000\"]", """["in.txt",null]""", """[["../out.txt"]]""", """{"0":"../out.txt"}""", "\"../out.txt\"",
            """["in.txt","in.txt","in.txt","in.txt"]""", "../out.txt", "[\"../out.txt\"", """["in.txt"]["../out.txt"]""", "['../out.txt']", "[../out.txt]", "in.txt,../out.txt",
        ];
        foreach (var text in hostile)
        {
            Assert.NotNull(await server.RuleAsync("packed_paths", nameof(PackedTools.PackedPaths), Arguments(text)));
        }
    }

    [Fact]
    public async Task It_works_in_members_and_elements_with_null_and_with_defaults()
    {
        await using var server = await StartAsync();
        var canonical = JsonSerializer.Serialize(new[] { Path.Combine(server.Root, "b") });

        Assert.Null(await server.RuleAsync("packed_member", nameof(PackedTools.PackedMember), """{"value":{"parts":"[ {\"name\":\"a\"} ]"}}"""));
        Assert.Equal("""[{"name":"a","count":1,"tags":null}]""", Ran.Last(nameof(PackedTools.PackedMember)));
        Assert.Equal("Range", await server.RuleAsync("packed_member", nameof(PackedTools.PackedMember), """{"value":{"parts":"[{\"name\":\"a\",\"count\":0}]"}}"""));
        Assert.Null(await server.RuleAsync("packed_each", nameof(PackedTools.PackedEach), """{"value":["{\"name\":\"a\"}"," {\"name\":\"b\"}"]}"""));
        Assert.Equal("""{"name":"a","count":1,"tags":null}|{"name":"b","count":1,"tags":null}""", Ran.Last(nameof(PackedTools.PackedEach)));
        Assert.Equal("Type", await server.RuleAsync("packed_each", nameof(PackedTools.PackedEach), """{"value":["{\"name\":\"a\"}","{}"]}"""));
        Assert.Null(await server.RuleAsync("packed_paths_or_none", nameof(PackedTools.PackedPathsOrNone), """{"value":null}"""));
        Assert.Null(await server.RuleAsync("packed_paths_or_none", nameof(PackedTools.PackedPathsOrNone), "{}"));
        Assert.Equal("SafePath", await server.RuleAsync("packed_paths_or_none", nameof(PackedTools.PackedPathsOrNone), Arguments("""["../x"]""")));
        Assert.Null(await server.RuleAsync("packed_default", nameof(PackedTools.PackedDefault), "{}"));
        Assert.Equal(canonical, Ran.Last(nameof(PackedTools.PackedDefault)));
        Assert.Null(await server.RuleAsync("packed_empty_default", nameof(PackedTools.PackedEmptyDefault), "{}"));
        Assert.Equal("", Ran.Last(nameof(PackedTools.PackedEmptyDefault)));
        Assert.Equal("JsonString", await server.RuleAsync("packed_empty_default", nameof(PackedTools.PackedEmptyDefault), Arguments("")));
    }

    [Fact]
    public async Task Prompts_and_resources_read_it_alike()
    {
        await using var server = await StartAsync();
        var (before, resources) = (Ran.Count(nameof(PackedPrompts.PackedPrompt)), Ran.Count(nameof(PackedPrompts.PackedResource)));

        Assert.True((await server.GetAsync("packed_prompt", Arguments("""{"name":"a"}"""))).TryGetProperty("result", out _));
        Assert.Equal("Range", (await server.GetAsync("packed_prompt", Arguments("""{"name":"a","count":0}"""))).GetProperty("error").GetProperty("data").GetProperty("rule").GetString());
        Assert.True((await server.ReadAsync("packed://%5B1%2C%202%5D")).TryGetProperty("result", out _));
        Assert.Equal("JsonString", (await server.ReadAsync("packed://%5B1%2C")).GetProperty("error").GetProperty("data").GetProperty("rule").GetString());
        Assert.Equal((before + 1, resources + 1), (Ran.Count(nameof(PackedPrompts.PackedPrompt)), Ran.Count(nameof(PackedPrompts.PackedResource))));
    }

    [Fact]
    public async Task A_secret_inside_shows_nowhere()
    {
        await using var server = await StartAsync();

        var member = await server.CallAsync("packed_secret", Arguments("""{"user":"u","password":"hunter2-hunter2"}"""));
        var whole = await server.CallAsync("packed_all_secret", Arguments("""["hunter2-hunter2"]"""));
        var refused = await server.CallAsync("packed_all_secret", Arguments("""["hunter2-hunter2","hunter2-hunter2"]"""));
        var malformed = await server.CallAsync("packed_secret", Arguments("""{"user":"u","password":"hunter2-hunter2" """));

        Assert.All((JsonElement[])[member, whole, refused, malformed], static answer =>
        {
            Assert.True(answer.GetProperty("result").GetProperty("isError").GetBoolean());
            Assert.DoesNotContain("hunter2", answer.ToString(), StringComparison.Ordinal);
        });
        Assert.DoesNotContain("hunter2", server.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", server.AuditText, StringComparison.Ordinal);
    }

    internal static string Arguments(string text) => JsonSerializer.Serialize(new Dictionary<string, string> { ["value"] = text });

    internal static Task<RawServer> StartAsync(Action<Dictionary<string, string?>>? settings = null) => RawServer.StartAsync(
        static builder => builder.WithTools([typeof(PackedTools)]).WithTools([typeof(AgreementTools)]).WithPrompts([typeof(PackedPrompts)]).WithResources([typeof(PackedPrompts)]),
        settings: settings);
}
