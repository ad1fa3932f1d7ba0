using System.Reflection;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Order;

/// <summary>
/// A filter of the author that runs a primitive twice, or another one, out of one request. The process has credentials of its own here, of somebody who may
/// everything: no run may fall to them.
/// </summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class RepeatedCallTests
{
    [Fact]
    public Task Given_a_filter_that_calls_twice_then_both_runs_are_for_the_caller_who_sent_the_token() => WithAmbientAsync(async () =>
    {
        await using var server = await StartAsync(static next => async (request, ct) =>
        {
            await next(request, ct);
            return await next(request, ct);
        });

        await server.CallAsync("repeat_read", """{"text":"a"}""", Issuer.Token("read:files"));

        Assert.Equal(["read a", "read a"], Effects(server).Seen);
        Assert.Equal(["succeeded", "succeeded"], Attempts.Ends(server));
        Assert.All(Attempts.Records(server), static record => Assert.Equal("alice", record.GetProperty("subject").GetString()));
    });

    [Fact]
    public Task Given_a_filter_that_runs_another_tool_after_the_first_then_it_is_judged_by_the_same_token() => WithAmbientAsync(async () =>
    {
        await using var server = await StartAsync(static next => async (request, ct) =>
        {
            await next(request, ct);
            request.MatchedPrimitive = request.Server.ServerOptions.ToolCollection!["repeat_write"];
            return await next(request, ct);
        });

        var error = await Assert.ThrowsAsync<McpProtocolException>(
            async () => await server.CallAsync("repeat_read", """{"text":"a"}""", Issuer.Token("read:files")));

        Assert.Contains("Not authorized.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["read a"], Effects(server).Seen);
        Assert.Equal(["succeeded", "insufficient_capability"], Attempts.Ends(server));
        await server.CallAsync("repeat_read", """{"text":"b"}""", Issuer.Token("read:files write:files"));
        Assert.Equal(["read a", "read b", "wrote b"], Effects(server).Seen);
    });

    [Fact]
    public Task Given_a_filter_that_runs_it_twice_at_once_then_each_run_counts() => WithAmbientAsync(async () =>
    {
        await using var server = await StartAsync(static next => async (request, ct) =>
        {
            var runs = Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await next(request, ct))).ToArray();
            await Task.WhenAll(runs).ContinueWith(static _ => { }, TaskScheduler.Default);
            return await runs.First(static run => run.IsCompletedSuccessfully);
        });

        await server.CallAsync("repeat_once", """{"text":"a"}""", Issuer.Token("read:files"));

        Assert.Equal(["once a"], Effects(server).Seen);
        Assert.Equal(4, Attempts.Records(server).Length);
        Assert.Single(Attempts.Ends(server), "succeeded");
        Assert.All(Attempts.Records(server), static record => Assert.Equal("alice", record.GetProperty("subject").GetString()));
    });

    [Fact]
    public Task Given_a_filter_that_calls_a_tool_of_the_sdks_binding_twice_then_both_runs_get_what_the_client_sent() => WithAmbientAsync(async () =>
    {
        var seen = new List<string>();
        await using var server = await TestServer.StartAsync(
            b => b.WithRequestFilters(f => f.AddCallToolFilter(next => async (request, ct) =>
            {
                var first = TestServer.Text(await next(request, ct));
                seen.Add(first);
                seen.Add(request.Params.Arguments!["path"].GetString()!);
                var second = await next(request, ct);
                seen.Add(TestServer.Text(second));
                return second;
            })),
            static s => s.AddSingleton<Effects>().Configure<McpServerOptions>(static o => (o.ToolCollection ??= []).Add(Unseen(nameof(RepeatedTools.Where)))));

        await server.CallAsync("repeat_where", """{"path":"a.txt"}""", Issuer.Token("read:files"));

        Assert.Equal(3, seen.Count);
        Assert.Equal("a.txt", seen[1]);
        Assert.Equal(seen[0], seen[2]);
    });

    private static McpServerTool Unseen(string method) => (McpServerTool)typeof(McpServerTool)
        .GetMethod(nameof(McpServerTool.Create), [typeof(MethodInfo), typeof(object), typeof(McpServerToolCreateOptions)])!
        .Invoke(null, [typeof(RepeatedTools).GetMethod(method), new RepeatedTools(new Effects()), null])!;

    private static Effects Effects(TestServer server) => server.Services.GetRequiredService<Effects>();

    private static Task<TestServer> StartAsync(McpRequestFilter<CallToolRequestParams, CallToolResult> filter) => TestServer.StartAsync(
        b => b.WithTools<RepeatedTools>().WithRequestFilters(f => f.AddCallToolFilter(filter)), static s => s.AddSingleton<Effects>());

    private static async Task WithAmbientAsync(Func<Task> test)
    {
        Environment.SetEnvironmentVariable("MCP_ACCESS_TOKEN", Issuer.Token("read:files write:files", subject: "ambient"));
        try
        {
            await test();
        }
        finally
        {
            Environment.SetEnvironmentVariable("MCP_ACCESS_TOKEN", null);
        }
    }
}

[McpServerToolType]
public sealed class RepeatedTools(Effects effects)
{
    [McpServerTool(Name = "repeat_read"), RequiresCapability("read:files")]
    public string Read(string text)
    {
        effects.Note("read " + text);
        return text;
    }

    [McpServerTool(Name = "repeat_once"), RequiresCapability("read:files"), RateLimit(1, 3600)]
    public string Once(string text)
    {
        effects.Note("once " + text);
        return text;
    }

    [McpServerTool(Name = "repeat_write"), RequiresCapability("write:files")]
    public string Write(string text)
    {
        effects.Note("wrote " + text);
        return text;
    }

    [McpServerTool(Name = "repeat_where"), RequiresCapability("read:files")]
    public string Where([SafePath(Root = "ws", MustExist = false)] string path) => effects.Seen.Count + path;
}
