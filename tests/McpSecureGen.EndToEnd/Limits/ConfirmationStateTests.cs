using System.Security.Cryptography;
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>What a client brings back between question and answer holds for one caller, tool and set of arguments, once.</summary>
public sealed class ConfirmationStateTests
{
    private const string Arguments = """{"path":"a","mode":"hard"}""";

    [Fact]
    public async Task Given_the_state_of_the_same_call_then_it_runs_also_with_its_members_in_another_order()
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());

        var answer = await client.AnswerAsync("erase", """{ "mode":"hard", "path":"\u0061" }""", NewestClient.Token(), state);

        Assert.Equal("erased", NewestClient.Text(answer));
        Assert.Equal(["erased a hard"], client.Effects.Seen);
        Assert.Equal(["confirmation_requested", "succeeded"], client.NewEnds());
    }

    [Theory]
    [InlineData("another caller")]
    [InlineData("another tool")]
    [InlineData("another argument")]
    [InlineData("one argument more")]
    [InlineData("one argument less")]
    [InlineData("edited")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("no answer")]
    [InlineData("answer to something else")]
    public async Task Given_a_state_that_is_not_of_this_call_then_nothing_runs(string attack)
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());
        Assert.Equal(["confirmation_requested"], client.NewEnds());

        var answer = attack switch
        {
            "another caller" => await client.AnswerAsync("erase", Arguments, NewestClient.Token("mallory"), state),
            "another tool" => await client.AnswerAsync("erase_all", """{"path":"a"}""", NewestClient.Token(), state),
            "another argument" => await client.AnswerAsync("erase", """{"path":"b","mode":"hard"}""", NewestClient.Token(), state),
            "one argument more" => await client.AnswerAsync("erase", """{"path":"a","mode":"hard","more":1}""", NewestClient.Token(), state),
            "one argument less" => await client.AnswerAsync("erase", """{"path":"a"}""", NewestClient.Token(), state),
            "edited" => await client.AnswerAsync("erase", Arguments, NewestClient.Token(), (state[0] == 'A' ? 'B' : 'A') + state[1..]),
            "cut" => await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state[..^4]),
            "empty" => await client.AnswerAsync("erase", Arguments, NewestClient.Token(), ""),
            "text" => await client.AnswerAsync("erase", Arguments, NewestClient.Token(), "yes, really! ü"),
            "no answer" => await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state, answer: null),
            _ => await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state, key: "something"),
        };

        Assert.True(answer.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Empty(client.Effects.Seen);
        Assert.Equal([attack == "one argument more" ? "invalid_argument" : "confirmation_rejected"], client.NewEnds());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(20)]
    [InlineData(-1)]
    public async Task Given_a_state_with_one_byte_changed_then_nothing_runs(int position)
    {
        await using var client = await StartAsync();
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(await client.AskedAsync("erase", Arguments, NewestClient.Token()));
        bytes[position < 0 ? bytes.Length + position : position] ^= 1;

        var answer = await client.AnswerAsync("erase", Arguments, NewestClient.Token(), System.Buffers.Text.Base64Url.EncodeToString(bytes));

        Assert.Equal("Not confirmed.", NewestClient.Text(answer));
        Assert.Empty(client.Effects.Seen);
    }

    [Fact]
    public async Task Given_an_answer_without_a_question_then_the_person_is_asked_first()
    {
        await using var client = await StartAsync();

        var answer = await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state: null);

        Assert.Equal("input_required", answer.GetProperty("result").GetProperty("resultType").GetString());
        Assert.Empty(client.Effects.Seen);
        Assert.Equal(["confirmation_requested"], client.NewEnds());
    }

    [Fact]
    public async Task Given_a_state_that_was_used_then_it_is_good_for_nothing_more()
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());
        await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state);

        var again = await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state);

        Assert.Equal("Not confirmed.", NewestClient.Text(again));
        Assert.Single(client.Effects.Seen);
        Assert.Equal(["confirmation_requested", "succeeded", "confirmation_rejected"], client.NewEnds());
    }

    [Fact]
    public async Task Given_ten_answers_at_once_then_the_tool_runs_once()
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());

        for (var i = 0; i < 9; i++)
        {
            await client.PostAsync("tools/call", new()
            {
                ["name"] = "erase",
                ["arguments"] = System.Text.Json.Nodes.JsonNode.Parse(Arguments),
                ["requestState"] = state,
                ["inputResponses"] = System.Text.Json.Nodes.JsonNode.Parse("""{"mcpsecuregen_confirmation":{"action":"accept","content":{"confirm":true}}}"""),
            }, NewestClient.Token());
        }

        await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state);
        await Attempts.UntilAsync(() => client.Effects.Seen.Count > 0);
        await Task.Delay(200);
        Assert.Single(client.Effects.Seen);
    }

    [Fact]
    public async Task Given_a_no_then_the_same_state_cannot_be_turned_into_a_yes()
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());
        await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state, """{"action":"decline"}""");

        await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state);

        Assert.Empty(client.Effects.Seen);
        Assert.Equal(["confirmation_requested", "not_confirmed", "confirmation_rejected"], client.NewEnds());
    }

    [Fact]
    public async Task Given_a_caller_who_lost_its_right_meanwhile_then_the_answer_is_refused()
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());

        var answer = await client.AnswerAsync("erase", Arguments, NewestClient.Token(scope: "read:files"), state);

        Assert.Equal("Not authorized.", NewestClient.Text(answer));
        Assert.Empty(client.Effects.Seen);
        Assert.Equal("erased", NewestClient.Text(await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state)));
    }

    [Fact]
    public async Task Given_another_process_then_it_takes_the_state_only_with_the_same_key()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var one = await StartAsync(s => s["McpSecurity:Confirmation:Key"] = key);
        await using var same = await StartAsync(s => s["McpSecurity:Confirmation:Key"] = key);
        await using var other = await StartAsync();
        var state = await one.AskedAsync("erase", Arguments, NewestClient.Token());

        await other.AnswerAsync("erase", Arguments, NewestClient.Token(), state);
        await same.AnswerAsync("erase", Arguments, NewestClient.Token(), state);

        Assert.Empty(other.Effects.Seen);
        Assert.Equal(["confirmation_rejected"], other.NewEnds());
        Assert.Single(same.Effects.Seen);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("hangs")]
    [InlineData("says no")]
    public async Task Given_a_memory_of_used_states_that_breaks_then_nothing_runs(string how)
    {
        await using var client = await StartAsync(services: s => s.AddSingleton<IReplayCache>(new BrokenMemory(how)));
        var state = await client.AskedAsync("erase", Arguments, NewestClient.Token());

        var answer = await client.AnswerAsync("erase", Arguments, NewestClient.Token(), state);

        Assert.Equal("Not confirmed.", NewestClient.Text(answer));
        Assert.Empty(client.Effects.Seen);
        Assert.Equal(["confirmation_requested", "confirmation_rejected"], client.NewEnds());
    }

    [Theory]
    [InlineData("the same caller", true)]
    [InlineData("another caller", false)]
    [InlineData("another argument", false)]
    [InlineData("the state in plain", false)]
    [InlineData("no state", false)]
    public async Task Given_a_question_of_the_authors_then_its_state_comes_back_from_the_same_call_alone(string who, bool runs)
    {
        await using var client = await StartAsync();
        var state = await client.AskedAsync("ask_only", """{"topic":"x"}""", NewestClient.Token());
        Assert.DoesNotContain("state of the author", state, StringComparison.Ordinal);

        await client.AnswerAsync(
            "ask_only",
            who == "another argument" ? """{"topic":"y"}""" : """{"topic":"x"}""",
            NewestClient.Token(who == "another caller" ? "mallory" : "alice"),
            who switch
            {
                "the state in plain" => "state of the author",
                "no state" => null,
                _ => state,
            },
            key: "sure");

        Assert.Equal(runs ? ["answered x state of the author"] : [], client.Effects.Seen);
        Assert.Equal(["input_required", runs ? "succeeded" : "input_required"], client.NewEnds());
    }

    private static Task<NewestClient> StartAsync(Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null) =>
        NewestClient.StartAsync(static b => b.WithTools<ConfirmedTools>(), settings, services);

    private sealed class BrokenMemory(string how) : IReplayCache
    {
        public ValueTask<bool> TryUseAsync(string key, DateTimeOffset until, CancellationToken cancellationToken) => how switch
        {
            "throws" => throw new InvalidOperationException("secret of the memory"),
            "hangs" => new(new TaskCompletionSource<bool>().Task),
            _ => new(false),
        };
    }
}
