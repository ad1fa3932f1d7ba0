using System.ComponentModel.DataAnnotations;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.HostileInput.Json.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Json;

/// <summary>A check that breaks has not said yes: the call is refused and the method does not run. Attributes see what the framework shows them.</summary>
[Collection("Json")]
public sealed class BrokenCheckTests
{
    [Theory]
    [InlineData("Throws", """{"value":"x"}""", "Throwing")]
    [InlineData("ThrowsInside", """{"value":{"text":"x"}}""", "Throwing")]
    [InlineData("AsksForAService", """{"value":"x"}""", "Serviced")]
    [InlineData("ThrowsAboutItself", """{"value":{"text":"throw"}}""", "Check")]
    [InlineData("ThrowsAboutItself", """{"value":{"text":"throw late"}}""", "Check")]
    [InlineData("ThrowsAboutItself", """{"value":{"text":"bad"}}""", "Validate")]
    [InlineData("Compares", """{"value":{"password":"a","again":"b"}}""", "Compare")]
    [InlineData("ComparesOrder", """{"value":{"from":2,"to":1}}""", "After")]
    [InlineData("Overrides", """{"value":{"size":11}}""", "Range")]
    [InlineData("Overrides", """{"value":{"size":5,"flawed":true}}""", "Sound")]
    [InlineData("OverridesParameter", """{"value":11}""", "Range")]
    [InlineData("DerivedNested", """{"value":{"inner":{"from":2,"to":1}}}""", "After")]
    [InlineData("Keys", """{"value":{"red":1}}""", "Type")]
    [InlineData("Keys", """{"value":{"7":1}}""", "Type")]
    [InlineData("Keys", """{"value":{"Red":1,"Red":2}}""", "Duplicate")]
    [InlineData("NumberKeys", """{"value":{"1":1,"01":2}}""", "Type")]
    [InlineData("Singles", """{"value":[1e39]}""", "Finite")]
    [InlineData("Skips", """{"value":{"known":1,"unknown":2}}""", "Type")]
    [InlineData("Names", """{"value":{"real":"NaN"}}""", "Type")]
    [InlineData("FreeMember", """{"value":{"any":{"a":1e400}}}""", "Finite")]
    public async Task It_is_refused(string method, string arguments, string rule)
    {
        await using var server = await StartAsync();
        Assert.Equal(rule, await server.RuleAsync(Answers.ToolName(method), method, arguments));
    }

    [Theory]
    [InlineData("Throws", """{"value":"good"}""")]
    [InlineData("ThrowsInside", """{"value":{"text":"good"}}""")]
    [InlineData("ThrowsAboutItself", """{"value":{"text":"good"}}""")]
    [InlineData("Compares", """{"value":{"password":"a","again":"a"}}""")]
    [InlineData("ComparesOrder", """{"value":{"from":1,"to":2}}""")]
    [InlineData("Overrides", """{"value":{"size":10}}""")]
    [InlineData("OverridesParameter", """{"value":10}""")]
    [InlineData("DerivedNested", """{"value":{"inner":{"from":1,"to":2}}}""")]
    [InlineData("Keys", """{"value":{"Red":1,"Green":2}}""")]
    [InlineData("NumberKeys", """{"value":{"1":1,"2":2}}""")]
    [InlineData("Singles", """{"value":[1e38,null]}""")]
    [InlineData("Skips", """{"value":{"known":1}}""")]
    [InlineData("Names", """{"value":{"real":0.5}}""")]
    [InlineData("Names", """{"value":{"lenient":"5"}}""")]
    [InlineData("FreeMember", """{"value":{"any":{"a":1e4}}}""")]
    public async Task Its_benign_twin_runs(string method, string arguments)
    {
        await using var server = await StartAsync();
        Assert.Null(await server.RuleAsync(Answers.ToolName(method), method, arguments));
    }

    [Fact]
    public async Task A_service_that_is_there_decides()
    {
        await using var server = await RawServer.StartAsync(
            static builder => builder.WithTools([typeof(BrokenCheckTools)]), static services => services.AddSingleton(new Approval("x")));
        Assert.Null(await server.RuleAsync("asks_for_a_service", "AsksForAService", """{"value":"x"}"""));
        Assert.Equal("Serviced", await server.RuleAsync("asks_for_a_service", "AsksForAService", """{"value":"y"}"""));
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("hangs_about_itself")]
    public async Task A_check_that_hangs_ends_with_the_time_limit_and_the_method_never_runs(string tool)
    {
        Hanging.Release.Reset();
        await using var server = await StartAsync();

        var answer = await server.CallAsync(tool, tool == "hangs" ? """{"value":"x"}""" : """{"value":{"text":"hang"}}""");
        Hanging.Release.Set();

        Assert.Contains("did not finish within", answer.ToString(), StringComparison.Ordinal);
        var record = Assert.Single(server.NewAudit());
        Assert.Equal("refused", record.GetProperty("decision").GetString());
        Assert.Equal(0, Ran.Count("Hangs") + Ran.Count("HangsAboutItself"));
    }

    private static Task<RawServer> StartAsync() => RawServer.StartAsync(static builder => builder.WithTools([typeof(BrokenCheckTools)]).WithTools([typeof(SizedTools)]));
}
