using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>The SDK wakes a suspended call for whoever sends its id, past every filter of requests. Here only its own caller can.</summary>
public sealed class SuspendedCallTests
{
    [Theory]
    [InlineData("another caller")]
    [InlineData("no token")]
    [InlineData("another tool")]
    [InlineData("edited")]
    public async Task Given_somebody_elses_answer_then_the_call_stays_asleep_and_its_own_caller_still_wakes_it(string attack)
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("think", "{}", Token("alice"));
        Assert.False(Guid.TryParseExact(state, "N", out _));

        await (attack switch
        {
            "another caller" => AnswerAsync(client, "think", Token("mallory"), state),
            "no token" => AnswerAsync(client, "think", null, state),
            "another tool" => AnswerAsync(client, "greet", Token("alice"), state),
            _ => AnswerAsync(client, "think", Token("alice"), (state[0] == 'A' ? 'B' : 'A') + state[1..]),
        });
        Assert.DoesNotContain("went on: accept", client.Effects.Seen);

        Assert.Equal("accept", NewestClient.Text(await AnswerAsync(client, "think", Token("alice"), state)));
        Assert.Equal(1, client.Effects.Count("went on: accept"));
    }

    [Fact]
    public async Task Given_the_answer_of_its_own_caller_then_it_goes_on_once_and_leaves_one_record()
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("think", "{}", Token("alice"));

        Assert.Equal("accept", NewestClient.Text(await AnswerAsync(client, "think", Token("alice"), state)));

        Assert.Equal(["began", "went on: accept"], client.Effects.Seen);
        Assert.Equal(["succeeded"], client.NewEnds());
    }

    [Fact]
    public async Task Given_an_id_in_plain_then_it_is_taken_for_a_first_call()
    {
        await using var client = await StartAsync();

        var answer = await AnswerAsync(client, "greet", Token("alice"), Guid.NewGuid().ToString("N"));

        Assert.Equal("hello", NewestClient.Text(answer));
        Assert.Equal("Not authenticated.", NewestClient.Text(await AnswerAsync(client, "greet", null, Guid.NewGuid().ToString("N"))));
    }

    private static async Task<System.Text.Json.JsonElement> AnswerAsync(NewestClient client, string tool, string? token, string state)
    {
        // The SDK names its own question; a client answers whatever it was asked.
        var responses = new JsonObject();
        foreach (var key in client.LastQuestions)
        {
            responses[key] = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject() };
        }

        return await client.CallAsync(tool, "{}", token, new JsonObject { ["requestState"] = state, ["inputResponses"] = responses });
    }

    private static Task<NewestClient> StartAsync() => NewestClient.StartAsync(static b => b.WithTools<MethodTools>());

    private static string Token(string subject) => NewestClient.Token(subject, "read:files");
}
