#pragma warning disable MCP9005 // logging/setLevel is obsolete in the newest protocol; older clients still send it.
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>What the SDK answers by itself, without a handler of the author and without a request filter.</summary>
public sealed class ListeningTests
{
    [Theory]
    [InlineData(null, "open://one", "Not authenticated.")]
    [InlineData("read:files", "closed://x", "Unknown resource URI: 'closed://x'")]
    [InlineData("read:files", "ghost://x", "Unknown resource URI: 'ghost://x'")]
    [InlineData("env:read", "open://one", "Unknown resource URI: 'open://one'")]
    public async Task Given_a_caller_who_may_not_read_it_then_listening_is_refused_like_for_an_unknown_one(string? scope, string uri, string message)
    {
        await using var client = await StartAsync();

        var answer = await client.SendAsync("subscriptions/listen", Listen(uri), scope is null ? null : Issuer.Token(scope));

        Assert.Equal(message, NewestClient.Text(answer));
        Assert.Equal([scope is null ? "unauthenticated" : "unknown_primitive"], client.NewEnds("subscriptions/listen"));
    }

    [Fact]
    public async Task Given_one_uri_among_several_that_may_not_be_read_then_none_is_listened_to()
    {
        await using var client = await StartAsync();

        var answer = await client.SendAsync("subscriptions/listen", Listen("open://one", "closed://x"), Issuer.Token("read:files"));

        Assert.Equal("Unknown resource URI: 'closed://x'", NewestClient.Text(answer));
    }

    [Fact]
    public async Task Given_uris_that_are_no_text_then_listening_is_refused()
    {
        await using var client = await StartAsync();
        var parameters = new JsonObject { ["notifications"] = new JsonObject { ["resourceSubscriptions"] = new JsonArray(5) } };

        Assert.True((await client.SendAsync("subscriptions/listen", parameters, Issuer.Token("read:files"))).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Given_a_caller_who_may_then_changes_reach_it()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<MethodTools>(), static s => s.AddSingleton<Effects>());
        var changed = new TaskCompletionSource();
        await using var registration = server.Client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            changed.TrySetResult();
            return default;
        });
        var acknowledged = new TaskCompletionSource();
        await using var second = server.Client.RegisterNotificationHandler("notifications/subscriptions/acknowledged", (_, _) =>
        {
            acknowledged.TrySetResult();
            return default;
        });
        _ = server.Client.SendRequestAsync(new JsonRpcRequest
        {
            Method = RequestMethods.SubscriptionsListen,
            Params = new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true }, ["_meta"] = TestServer.Meta(Issuer.Token()) },
        });
        await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(20));

        server.Server.ServerOptions.ToolCollection!.Add(McpServerTool.Create(Parity.LateTools.Late));

        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_a_pipe_then_its_level_needs_a_caller_where_the_author_handles_it(bool hasHandler)
    {
        var level = "";
        await using var server = await RawServer.StartAsync(
            b =>
            {
                b.WithTools<MethodTools>();
                if (hasHandler)
                {
                    b.WithSetLoggingLevelHandler((request, _) =>
                    {
                        level = request.Params!.Level.ToString();
                        return new(new EmptyResult());
                    });
                }
            },
            static s => s.AddSingleton<Effects>());

        var without = await server.SendAsync("logging/setLevel", """{"level":"error"}""");
        Assert.Equal("", level);
        var with = await server.SendAsync("logging/setLevel", $$"""{"level":"debug","_meta":{{RawServer.Meta}}}""");

        Assert.Equal(hasHandler ? -32050 : 0, without.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0);
        Assert.True(with.TryGetProperty("result", out _));
        Assert.Equal(hasHandler ? "Debug" : "", level);
    }

    [Fact]
    public async Task Given_the_handshake_then_it_needs_no_token_and_tells_nothing_of_tools()
    {
        await using var server = await RawServer.StartAsync(static b => b.WithTools<MethodTools>(), static s => s.AddSingleton<Effects>());
        await using var client = await StartAsync();

        var ping = await server.SendAsync("ping", "{}");
        var discovered = await client.SendAsync("server/discover", [], token: null);

        Assert.True(ping.TryGetProperty("result", out _));
        Assert.True(discovered.TryGetProperty("result", out _));
        Assert.DoesNotContain("greet", discovered.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_templates_then_the_list_shows_those_the_caller_may_read()
    {
        await using var client = await StartAsync();

        async Task<string> ListAsync(string scope) => (await client.SendAsync("resources/templates/list", [], Issuer.Token(scope))).ToString();

        Assert.Contains("open://{name}/part", await ListAsync("read:files"), StringComparison.Ordinal);
        Assert.DoesNotContain("closed://", await ListAsync("read:files"), StringComparison.Ordinal);
        Assert.Contains("closed://{name}", await ListAsync("read:files write:files"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_pages_then_each_shows_what_the_caller_may_use_alone()
    {
        await using var client = await NewestClient.StartAsync(static b => b.WithTools<MethodTools>().WithListToolsHandler(static (request, _) => new(
            request.Params?.Cursor is null
                ? new ListToolsResult { NextCursor = "two", Tools = [] }
                : new ListToolsResult { Tools = [new Tool { Name = "guarded" }, new Tool { Name = "greet" }, new Tool { Name = "stranger" }] })));

        async Task<string> PageAsync(string? cursor, string scope) => (await client.SendAsync(
            "tools/list", cursor is null ? [] : new JsonObject { ["cursor"] = cursor }, Issuer.Token(scope))).ToString();

        Assert.Contains("\"two\"", await PageAsync(null, "read:files"), StringComparison.Ordinal);
        foreach (var cursor in new[] { null, "two" })
        {
            var page = await PageAsync(cursor, "read:files");
            Assert.Contains("greet", page, StringComparison.Ordinal);
            Assert.DoesNotContain("guarded", page, StringComparison.Ordinal);
            Assert.DoesNotContain("stranger", page, StringComparison.Ordinal);
            Assert.Contains("guarded", await PageAsync(cursor, "read:files write:files"), StringComparison.Ordinal);
        }
    }

    private static JsonObject Listen(params string[] uris) => new()
    {
        ["notifications"] = new JsonObject { ["resourceSubscriptions"] = new JsonArray([.. uris.Select(static uri => JsonValue.Create(uri))]) },
    };

    private static Task<NewestClient> StartAsync() => NewestClient.StartAsync(static b => b.WithTools<MethodTools>().WithResources([typeof(MethodResources)]));
}
