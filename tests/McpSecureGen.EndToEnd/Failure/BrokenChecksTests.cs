using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Failure;

/// <summary>Checks before the arguments that break, or that the caller does not wait for: nothing runs, and each attempt leaves one record.</summary>
public sealed class BrokenChecksTests
{
    [Theory]
    [InlineData("""{"action":5}""")]
    [InlineData("""{"action":"accept","content":[true]}""")]
    public async Task Given_an_answer_that_cannot_be_read_then_the_check_has_failed(string answer)
    {
        await using var client = await NewestClient.StartAsync(static b => b.WithTools<ConfirmedTools>());
        var state = await client.AskedAsync("erase", """{"path":"a"}""", NewestClient.Token());

        var result = await client.AnswerAsync("erase", """{"path":"a"}""", NewestClient.Token(), state, answer);

        Assert.Equal("The call could not be checked and was not made.", NewestClient.Text(result));
        Assert.Empty(client.Effects.Seen);
        Assert.Equal(["confirmation_requested", "check_failed"], client.NewEnds());
        Assert.Equal("Not confirmed.", NewestClient.Text(await client.AnswerAsync("erase", """{"path":"a"}""", NewestClient.Token(), state)));
    }

    [Fact]
    public async Task Given_a_caller_who_cancels_while_the_call_is_counted_then_the_attempt_is_on_the_record()
    {
        var store = new HangingStore();
        await using var server = await RawServer.StartAsync(
            static b => b.WithTools<RateLimitedTools>(), s => s.AddSingleton<Effects>().AddSingleton<IRateLimitStore>(store));
        var id = await server.PostAsync("tools/call", $$"""{"name":"once","arguments":{},"_meta":{{RawServer.Meta}}}""");
        await store.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await server.NotifyAsync("notifications/cancelled", $$"""{"requestId":{{id}}}""");

        await OneRecordAsync(server, "cancelled");
        Assert.Empty(server.Services.GetRequiredService<Effects>().Seen);
    }

    [Fact]
    public async Task Given_a_caller_who_cancels_while_an_argument_is_checked_then_the_attempt_is_on_the_record_and_nothing_runs()
    {
        await using var server = await RawServer.StartAsync(static b => b.WithTools<SlowTools>());
        var id = await server.PostAsync("tools/call", $$"""{"name":"slow_check","arguments":{"id":"cancelled-check"},"_meta":{{RawServer.Meta}}}""");
        await Task.Delay(50);

        await server.NotifyAsync("notifications/cancelled", $$"""{"requestId":{{id}}}""");

        await OneRecordAsync(server, "cancelled");
        await Attempts.UntilAsync(static () => SlowTools.Seen.Contains("checked cancelled-check"));
        Assert.DoesNotContain("began cancelled-check", SlowTools.Seen);
    }

    [Theory]
    [InlineData("tools/call", """{"name":"free","name":"free","arguments":{},"_meta":$meta}""")]
    [InlineData("tools/call", """{"name":"ghost","Name":"free","arguments":{},"_meta":$meta}""")]
    [InlineData("tools/call", """{"name":"free","arguments":{},"_meta":$meta,"_meta":$meta}""")]
    [InlineData("tools/call", """{"name":"free","arguments":{},"_meta":{"a":1,"a":2}}""")]
    [InlineData("prompts/get", """{"name":"free_prompt","name":"free_prompt","_meta":$meta}""")]
    [InlineData("tools/list", """{"_meta":$meta,"_meta":$meta}""")]
    [InlineData("logging/setLevel", """{"level":"debug","level":"error","_meta":$meta}""")]
    public async Task Given_a_member_that_stands_twice_then_the_request_is_refused_on_the_record(string method, string parameters)
    {
        await using var server = await RawServer.StartAsync(static b => b.WithTools<FreeTools>().WithPrompts<FreeTools>(), static s => s.AddSingleton<Effects>());

        var answer = await server.SendAsync(method, parameters.Replace("$meta", RawServer.Meta, StringComparison.Ordinal));

        Assert.True(answer.TryGetProperty("error", out var error));
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Empty(server.Services.GetRequiredService<Effects>().Seen);
        await OneRecordAsync(server, "invalid_envelope");
    }

    private static async Task OneRecordAsync(RawServer server, string reason)
    {
        List<string?> reasons = [];
        await Attempts.UntilAsync(() =>
        {
            reasons.AddRange(server.NewAudit().Select(static record => record.TryGetProperty("reason", out var why) ? why.GetString() : "allowed"));
            return reasons.Count > 0;
        });
        Assert.Equal([reason], reasons);
    }

    private sealed class HangingStore : IRateLimitStore
    {
        public TaskCompletionSource Asked { get; } = new();

        public ValueTask<RateLimitLease> AcquireAsync(RateLimitKey key, RateLimitRule rule, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return new(new TaskCompletionSource<RateLimitLease>().Task);
        }
    }
}
