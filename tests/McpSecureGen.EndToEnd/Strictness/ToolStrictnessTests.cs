using System.Reflection;
using System.Text.Json;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.SdkAlone;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>The same signatures with bad input: refused with a text that names parameter and rule, the method not run, one record.</summary>
[Collection(SignatureCollection.Name)]
public sealed class ToolStrictnessTests(SignatureServers servers)
{
    [Theory]
    [MemberData(nameof(SignatureCatalogue.RefusedToolRows), MemberType = typeof(SignatureCatalogue))]
    public async Task Bad_input_is_refused_by_its_rule_and_the_method_does_not_run(string row, int index)
    {
        var method = SignatureCatalogue.Find(row);
        var bad = method.GetCustomAttributes<RefusedAttribute>().ElementAt(index);
        foreach (var route in Enum.GetValues<Route>())
        {
            var server = await servers.RawAsync(route);
            await RefusesAsync(server, method, bad.Arguments, bad.Parameter, [bad.Rule]);
        }
    }

    [Theory]
    [MemberData(nameof(SignatureCatalogue.ToolRows), MemberType = typeof(SignatureCatalogue))]
    public async Task Every_argument_is_refused_when_missing_repeated_recased_null_or_of_another_type(string row)
    {
        var method = SignatureCatalogue.Find(row);
        foreach (var route in Enum.GetValues<Route>())
        {
            var server = await servers.RawAsync(route);
            var schema = SdkPrimitives.Tool(method, server.Services).ProtocolTool.InputSchema;
            var sample = SignatureCatalogue.Samples(method).MaxBy(static s => s.Length)!;
            foreach (var (arguments, parameter, rules) in Mutations.Of(sample, schema))
            {
                await RefusesAsync(server, method, arguments, parameter, rules);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SignatureCatalogue.ToolRows), MemberType = typeof(SignatureCatalogue))]
    public async Task The_benign_twin_runs_once_and_is_recorded_once(string row)
    {
        var method = SignatureCatalogue.Find(row);
        foreach (var route in Enum.GetValues<Route>())
        {
            var server = await servers.RawAsync(route);
            foreach (var sample in SignatureCatalogue.Samples(method))
            {
                server.NewAudit();
                var before = Effect.Count(method.Name);
                var answer = await server.CallAsync(NameOf(server, method), sample);
                Assert.True(answer.TryGetProperty("result", out _), answer.ToString());
                Assert.DoesNotContain("(rule ", answer.ToString(), StringComparison.Ordinal);
                var takesArguments = sample != "{}" && method.DeclaringType != typeof(StructuredTools);
                Assert.True(!takesArguments || Effect.Count(method.Name) == before + 1, "ran " + (Effect.Count(method.Name) - before));
                var record = Assert.Single(server.NewAudit());
                Assert.Equal("allowed", record.GetProperty("decision").GetString());
            }
        }
    }

    /// <summary>The SDK itself gives up on such text while it reads the request, before any of our code: an error, and no record.</summary>
    [Theory]
    [InlineData("text", "Text", """{"value":"a\ud800b"}""")]
    [InlineData("text", "Text", """{"value":"\udc00"}""")]
    [InlineData("texts", "Texts", """{"values":["a\ud800"]}""")]
    [InlineData("one", "One", """{"value":{"name":"a\udc00","size":1}}""")]
    [InlineData("element", "Element", """{"value":{"a":"\ud800"}}""")]
    [InlineData("element", "Element", """{"value":{"\ud800":1}}""")]
    [InlineData("node", "Node", """{"value":["\udc00"]}""")]
    [InlineData("text", "Text", """{"value":"a","\ud800":1}""")]
    public async Task A_lone_surrogate_never_reaches_a_method(string tool, string method, string arguments)
    {
        foreach (var route in Enum.GetValues<Route>())
        {
            var server = await servers.RawAsync(route);
            var before = Effect.Count(method);

            var answer = await server.CallAsync(tool, arguments);

            Assert.True(answer.TryGetProperty("error", out _) || answer.GetProperty("result").GetProperty("isError").GetBoolean(), answer.ToString());
            Assert.Equal(before, Effect.Count(method));
        }
    }

    private static async Task RefusesAsync(RawServer server, MethodInfo method, string arguments, string parameter, string[] rules)
    {
        server.NewAudit();
        var before = Effect.Count(method.Name);
        var answer = await server.CallAsync(NameOf(server, method), arguments);
        var say = $"{arguments} -> {answer}";

        Assert.True(answer.TryGetProperty("result", out var result) && result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), say);
        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        Assert.True(text.StartsWith($"Invalid argument '{parameter}", StringComparison.Ordinal), say);
        Assert.True(rules.Any(rule => text.EndsWith($"(rule {rule}).", StringComparison.Ordinal)), say);
        Assert.True(before == Effect.Count(method.Name), "the method ran: " + say);
        var records = server.NewAudit();
        Assert.True(records.Length == 1, $"{records.Length} records: " + say);
        Assert.Equal("refused", records[0].GetProperty("decision").GetString());
        Assert.StartsWith(parameter, records[0].GetProperty("parameter").GetString(), StringComparison.Ordinal);
        Assert.Contains(records[0].GetProperty("rule").GetString(), rules);
    }

    private static string NameOf(RawServer server, MethodInfo method) => SdkPrimitives.Tool(method, server.Services).ProtocolTool.Name;
}
