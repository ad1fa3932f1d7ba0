using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>One caller cannot use more than its share, and what is over runs nothing.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Given_more_calls_than_the_rule_allows_then_the_rest_are_refused_with_the_time_to_wait()
    {
        await using var server = await StartAsync();
        var token = Token();

        Assert.Equal("ran", TestServer.Text(await server.CallAsync("twice", token: token)));
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("twice", token: token)));
        var error = await RefusedAsync(server, "twice", token);

        Assert.Equal(RefusalCodes.RateLimited, (int)error.ErrorCode);
        Assert.Equal("rate_limited", error.Data["reason"]);
        Assert.InRange(Convert.ToDouble(error.Data["retryAfter"], System.Globalization.CultureInfo.InvariantCulture), 3500, 3600);
        Assert.Equal(2, Effects(server).Count("twice"));
        Assert.Equal(["succeeded", "succeeded", "rate_limited"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_another_caller_or_another_tool_then_each_has_its_own_share()
    {
        await using var server = await StartAsync();
        await server.CallAsync("once", token: Token());

        await RefusedAsync(server, "once", Token());
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("once", token: Token("bob"))));
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("once_too", token: Token())));
        await RefusedAsync(server, "once_too", Token());
    }

    [Fact]
    public async Task Given_a_method_and_a_class_with_a_rule_then_that_of_the_method_counts()
    {
        await using var server = await StartAsync();

        await server.CallAsync("twice", token: Token());
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("twice", token: Token())));
    }

    [Fact]
    public async Task Given_calls_that_are_refused_before_then_they_use_up_nothing()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("once"));
            await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("once", token: Issuer.Token("net:access")));
        }

        Assert.Equal("ran", TestServer.Text(await server.CallAsync("once", token: Token())));
    }

    [Fact]
    public async Task Given_calls_with_bad_arguments_then_they_count_and_the_limit_comes_before_binding()
    {
        await using var server = await StartAsync();
        Assert.True((await server.CallAsync("twice", """{"text":"too long"}""", Token())).IsError);
        Assert.True((await server.CallAsync("twice", """{"text":"too long"}""", Token())).IsError);

        await RefusedAsync(server, "twice", Token(), """{"text":"too long"}""");
        Assert.Equal(0, Effects(server).Count("twice"));
        Assert.Equal(["invalid_argument", "invalid_argument", "rate_limited"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_a_limit_of_all_calls_then_tools_and_prompts_count_together()
    {
        await using var server = await StartAsync(settings: static s => s["McpSecurity:Limits:CallsPerMinute"] = "2");
        await server.CallAsync("free", token: Token());
        await server.Client.GetPromptAsync(new GetPromptRequestParams { Name = "free_prompt", Meta = TestServer.Meta(Token()) });

        await RefusedAsync(server, "free", Token());
        Assert.Equal(1, Effects(server).Count("free"));
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("free", token: Token("bob"))));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("hangs")]
    public async Task Given_a_store_that_breaks_then_the_call_is_refused_and_recorded(string how)
    {
        var store = new BrokenStore(how);
        await using var server = await StartAsync(s => s.AddSingleton<IRateLimitStore>(store));

        var error = await RefusedAsync(server, "once", Token());

        Assert.Equal("rate_limit_unavailable", error.Data["reason"]);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Effects(server).Count("once"));
        Assert.Equal(["rate_limit_unavailable"], Attempts.Ends(server));
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("free", token: Token())));

        store.How = "works";
        Assert.Equal("ran", TestServer.Text(await server.CallAsync("once", token: Token())));
    }

    [Fact]
    public async Task Given_a_filter_of_the_author_then_a_call_is_counted_once_and_a_refused_one_does_not_reach_it()
    {
        var filtered = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithTools<RateLimitedTools>().WithRequestFilters(f => f.AddCallToolFilter(next => (request, cancellationToken) =>
            {
                filtered++;
                return next(request, cancellationToken);
            })),
            static s => s.AddSingleton<Effects>());

        await server.CallAsync("twice", token: Token());
        await server.CallAsync("twice", token: Token());
        await RefusedAsync(server, "twice", Token());

        Assert.Equal(2, filtered);
        Assert.Equal(["succeeded", "succeeded", "rate_limited"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_a_filter_that_calls_the_tool_twice_then_each_run_is_counted()
    {
        await using var server = await TestServer.StartAsync(
            b => b.WithTools<RateLimitedTools>().WithRequestFilters(f => f.AddCallToolFilter(next => async (request, cancellationToken) =>
            {
                await next(request, cancellationToken);
                return await next(request, cancellationToken);
            })),
            static s => s.AddSingleton<Effects>());

        await RefusedAsync(server, "once", Token());
        Assert.Equal(1, Effects(server).Count("once"));
    }

    private static Task<TestServer> StartAsync(Action<IServiceCollection>? services = null, Action<Dictionary<string, string?>>? settings = null) =>
        TestServer.StartAsync(
            static b => b.WithTools<RateLimitedTools>().WithTools<FreeTools>().WithPrompts<FreeTools>(),
            s =>
            {
                s.AddSingleton<Effects>();
                services?.Invoke(s);
            },
            settings);

    private static Task<McpProtocolException> RefusedAsync(TestServer server, string tool, string token, string arguments = "{}") =>
        Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync(tool, arguments, token));

    private static Effects Effects(TestServer server) => server.Services.GetRequiredService<Effects>();

    private static string Token(string subject = "alice") => Issuer.Token("read:files", subject: subject);

    private sealed class BrokenStore(string how) : IRateLimitStore
    {
        public string How { get; set; } = how;

        public ValueTask<RateLimitLease> AcquireAsync(RateLimitKey key, RateLimitRule rule, CancellationToken cancellationToken) => How switch
        {
            "throws" => throw new InvalidOperationException("secret of the store"),
            "hangs" => new(new TaskCompletionSource<RateLimitLease>().Task),
            _ => new(new RateLimitLease(true, TimeSpan.Zero)),
        };
    }
}
