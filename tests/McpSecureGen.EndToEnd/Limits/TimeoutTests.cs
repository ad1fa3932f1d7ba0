using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>A call ends when its time is over, whether its method agrees or not.</summary>
public sealed class TimeoutTests
{
    [Theory]
    [InlineData("slow_obedient")]
    [InlineData("slow_deaf")]
    [InlineData("slow_blocking")]
    public async Task Given_a_method_that_takes_too_long_then_the_caller_is_told_and_the_record_says_so(string tool)
    {
        await using var server = await StartAsync();
        var id = Guid.NewGuid().ToString("N");

        var result = await CallAsync(server, tool, id).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(result.IsError);
        Assert.Equal("The tool did not finish within 0.2 seconds.", TestServer.Text(result));
        Assert.Contains("began " + id, SlowTools.Seen);
        Assert.DoesNotContain("ended " + id, SlowTools.Seen);
        Assert.Equal(["timed_out"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData("slow_deaf")]
    [InlineData("slow_blocking")]
    public async Task Given_a_method_that_was_left_behind_then_its_object_is_disposed_when_it_ends_and_not_before(string tool)
    {
        await using var server = await StartAsync();
        var id = Guid.NewGuid().ToString("N");

        await CallAsync(server, tool, id);
        Assert.DoesNotContain("disposed " + id, SlowTools.Seen);

        await Attempts.UntilAsync(() => SlowTools.Seen.Contains("disposed " + id));
        Assert.Equal(["began " + id, "ended " + id, "disposed " + id], SlowTools.Seen.Where(seen => seen.EndsWith(id, StringComparison.Ordinal)));
        Assert.Equal(["timed_out"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_a_check_that_takes_too_long_then_the_method_never_runs()
    {
        await using var server = await StartAsync();
        var id = Guid.NewGuid().ToString("N");

        var result = await CallAsync(server, "slow_check", id);

        Assert.True(result.IsError);
        Assert.Equal(["check_timed_out"], Attempts.Ends(server));
        await Attempts.UntilAsync(() => SlowTools.Seen.Contains("checked " + id));
        await Task.Delay(200);
        Assert.DoesNotContain("began " + id, SlowTools.Seen);
        Assert.Equal(["check_timed_out"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_a_default_limit_then_it_bounds_what_has_none_of_its_own_and_a_quick_call_passes()
    {
        await using var server = await StartAsync("00:00:00.300");

        var slow = await CallAsync(server, "slow_default", "slow" + Guid.NewGuid());
        var quick = await CallAsync(server, "slow_default", "quick" + Guid.NewGuid());

        Assert.Equal("The tool did not finish within 0.3 seconds.", TestServer.Text(slow));
        Assert.Equal("done", TestServer.Text(quick));
        Assert.Equal(["timed_out", "succeeded"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_a_prompt_or_resource_then_the_answer_is_an_error_of_the_protocol()
    {
        await using var server = await StartAsync();
        var meta = TestServer.Meta(Issuer.Token("read:files"));

        var prompt = await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await server.Client.GetPromptAsync(new GetPromptRequestParams { Name = "slow_prompt", Meta = meta }));
        var resource = await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await server.Client.ReadResourceAsync(new ReadResourceRequestParams { Uri = "slow://one", Meta = TestServer.Meta(Issuer.Token("read:files")) }));

        Assert.Equal(RefusalCodes.LimitExceeded, (int)prompt.ErrorCode);
        Assert.Equal("timed_out", prompt.Data["reason"]);
        Assert.Equal(RefusalCodes.LimitExceeded, (int)resource.ErrorCode);
        Assert.Equal(["timed_out"], Attempts.Ends(server, "prompts/get"));
        Assert.Equal(["timed_out"], Attempts.Ends(server, "resources/read"));
    }

    private static Task<TestServer> StartAsync(string? limit = null) => TestServer.StartAsync(
        static b => b.WithTools<SlowTools>().WithPrompts<SlowTools>().WithResources<SlowTools>(),
        settings: s =>
        {
            if (limit is not null)
            {
                s["McpSecurity:Limits:Timeout"] = limit;
            }
        });

    private static Task<CallToolResult> CallAsync(TestServer server, string tool, string id) =>
        server.CallAsync(tool, $$"""{"id":"{{id}}"}""", Issuer.Token("read:files")).AsTask();
}
