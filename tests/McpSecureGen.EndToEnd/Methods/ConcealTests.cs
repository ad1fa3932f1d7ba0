using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>With <c>ConcealForbidden</c> a tool or prompt that a caller may not use is answered byte for byte like one that is not there.</summary>
public sealed class ConcealTests
{
    [Theory]
    [InlineData("tools/call", "guarded", "{}")]
    [InlineData("tools/call", "guarded", """{"unknown":1}""")]
    [InlineData("prompts/get", "verse", "{}")]
    [InlineData("prompts/get", "verse", """{"which":"three"}""")]
    public async Task Given_a_forbidden_primitive_then_the_answer_is_that_for_an_unknown_one(string method, string name, string arguments)
    {
        await using var client = await StartAsync(true);

        var forbidden = await AskAsync(client, method, name, arguments);
        var unknown = await AskAsync(client, method, "ghost", arguments);

        Assert.Equal(unknown.Replace("ghost", name, StringComparison.Ordinal), forbidden);
        Assert.Contains("insufficient_capability", client.NewEnds(method));
        Assert.Empty(client.Effects.Seen);
    }

    [Fact]
    public async Task Given_a_completion_of_a_forbidden_prompt_then_the_answer_is_that_for_an_unknown_one()
    {
        await using var client = await StartAsync(true);

        var forbidden = await CompleteAsync(client, "verse", "read:files");
        var unknown = await CompleteAsync(client, "ghost", "read:files");

        Assert.Equal(unknown, forbidden);
        Assert.Contains("one", await CompleteAsync(client, "verse", "read:files write:files"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_concealment_then_the_answer_names_what_is_missing()
    {
        await using var client = await StartAsync(false);

        Assert.Contains("write:files", await AskAsync(client, "tools/call", "guarded", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_concealment_then_who_may_is_let_in()
    {
        await using var client = await StartAsync(true);

        Assert.Equal("ran", NewestClient.Text(await client.CallAsync("guarded", "{}", Issuer.Token("read:files write:files"))));
    }

    private static async Task<string> AskAsync(NewestClient client, string method, string name, string arguments) =>
        (await client.SendAsync(method, new JsonObject { ["name"] = name, ["arguments"] = JsonNode.Parse(arguments) }, Issuer.Token("read:files")))
            .GetProperty("error").GetRawText();

    private static async Task<string> CompleteAsync(NewestClient client, string prompt, string scope)
    {
        var answer = await client.SendAsync("completion/complete", new JsonObject
        {
            ["ref"] = new JsonObject { ["type"] = "ref/prompt", ["name"] = prompt },
            ["argument"] = new JsonObject { ["name"] = "which", ["value"] = "o" },
        }, Issuer.Token(scope));
        return (answer.TryGetProperty("error", out var error) ? error : answer.GetProperty("result")).GetRawText();
    }

    private static Task<NewestClient> StartAsync(bool conceals) => NewestClient.StartAsync(
        static b => b.WithTools<MethodTools>().WithPrompts<MethodPrompts>(),
        s => s["McpSecurity:ConcealForbidden"] = conceals ? "true" : "false");
}
