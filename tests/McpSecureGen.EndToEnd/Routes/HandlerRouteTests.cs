// These are the calls the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
#pragma warning disable MCP9005 // The logging level is obsolete in the newest protocol.
#pragma warning disable MCPEXP002 // The alternate handler is experimental in the SDK.
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Routes 16 and 21: handlers, by the builder and on the options.</summary>
public sealed class HandlerRouteTests
{
    private static readonly McpRequestHandler<CallToolRequestParams, CallToolResult> CallTool =
        static (_, _) => ValueTask.FromResult(new CallToolResult { Content = [new TextContentBlock { Text = RawEffects.Ran() }] });

    private static readonly McpRequestHandler<GetPromptRequestParams, GetPromptResult> GetPrompt = static (_, _) =>
    {
        RawEffects.Ran();
        return ValueTask.FromResult(new GetPromptResult());
    };

    private static readonly McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> ReadResource = static (_, _) =>
    {
        RawEffects.Ran();
        return ValueTask.FromResult(new ReadResourceResult());
    };

    public static TheoryData<string, Action<IMcpServerBuilder>> Answering => new()
    {
        { "CallToolHandler", static b => b.WithCallToolHandler(CallTool) },
        { "GetPromptHandler", static b => b.WithGetPromptHandler(GetPrompt) },
        { "ReadResourceHandler", static b => b.WithReadResourceHandler(ReadResource) },
        { "CallToolHandler", static b => b.Services.Configure<McpServerOptions>(static o => o.Handlers.CallToolHandler = CallTool) },
        { "GetPromptHandler", static b => b.Services.PostConfigure<McpServerOptions>(static o => o.Handlers.GetPromptHandler = GetPrompt) },
        { "ReadResourceHandler", static b => b.Services.Configure<McpServerOptions>(static o => o.Handlers = new McpServerHandlers { ReadResourceHandler = ReadResource }) },
        {
            "CallToolWithAlternateHandler",
            static b => b.Services.Configure<McpServerOptions>(static o => o.Handlers.CallToolWithAlternateHandler =
                static (_, _) => ValueTask.FromResult(new ResultOrAlternate<CallToolResult>(new CallToolResult { Content = [new TextContentBlock { Text = RawEffects.Ran() }] })))
        },
    };

    [Theory]
    [MemberData(nameof(Answering), DisableDiscoveryEnumeration = true)]
    public Task Given_a_handler_that_answers_calls_then_the_server_does_not_start(string handler, Action<IMcpServerBuilder> register) =>
        Ends.InNoStartAsync(register, handler, "annotated method");

    [Fact]
    public async Task Given_a_list_handler_then_only_secured_tools_of_the_caller_are_shown_and_nobody_unknown_sees_them()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>().WithListToolsHandler(static (_, _) =>
            ValueTask.FromResult(new ListToolsResult { Tools = [new Tool { Name = "ghost" }] })));

        var shown = await server.Client.ListToolsAsync(new ListToolsRequestParams { Meta = TestServer.Meta(Issuer.Token("read:files")) });
        var hidden = await server.Client.ListToolsAsync(new ListToolsRequestParams { Meta = TestServer.Meta(Issuer.Token("net:access")) });
        var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await server.Client.ListToolsAsync(new ListToolsRequestParams()));

        Assert.Equal(["route_inherited"], shown.Tools.Select(static tool => tool.Name));
        Assert.Empty(hidden.Tools);
        Assert.Equal(RefusalCodes.Unauthenticated, (int)error.ErrorCode);
        await Ends.InUnknownToolAsync(server, "ghost");
    }

    [Fact]
    public async Task Given_list_handlers_of_prompts_and_resources_then_what_has_no_policy_is_not_shown()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithPrompts<RoutePrompts>().WithResources<RouteResources>()
                .WithListPromptsHandler(static (_, _) => ValueTask.FromResult(new ListPromptsResult { Prompts = [new Prompt { Name = "ghost" }] }))
                .WithListResourcesHandler(static (_, _) => ValueTask.FromResult(new ListResourcesResult { Resources = [new Resource { Uri = "ghost://x", Name = "ghost" }] }))
                .WithListResourceTemplatesHandler(static (_, _) => ValueTask.FromResult(
                    new ListResourceTemplatesResult { ResourceTemplates = [new ResourceTemplate { UriTemplate = "ghost://{x}", Name = "ghost" }] })),
            Ends.AddVoice);
        var meta = TestServer.Meta(Issuer.Token("read:files"));

        Assert.DoesNotContain((await server.Client.ListPromptsAsync(new ListPromptsRequestParams { Meta = meta })).Prompts, static p => p.Name == "ghost");
        Assert.Empty((await server.Client.ListResourcesAsync(new ListResourcesRequestParams { Meta = meta })).Resources);
        Assert.DoesNotContain(
            (await server.Client.ListResourceTemplatesAsync(new ListResourceTemplatesRequestParams { Meta = meta })).ResourceTemplates, static r => r.Name == "ghost");
    }

    [Fact]
    public async Task Given_a_completion_handler_then_it_answers_only_who_may_use_the_prompt()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithPrompts<RoutePrompts>().WithCompleteHandler((_, _) =>
            {
                Interlocked.Increment(ref runs);
                return ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = ["one"] } });
            }),
            Ends.AddVoice);

        await Assert.ThrowsAsync<McpProtocolException>(() => CompleteAsync(server, null));
        await Assert.ThrowsAsync<McpProtocolException>(() => CompleteAsync(server, Issuer.Token("net:access")));
        Assert.Equal(0, runs);
        Assert.Equal(["one"], (await CompleteAsync(server, Issuer.Token("read:files"))).Completion.Values);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Given_subscription_handlers_then_they_answer_only_who_may_read_the_resource()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithResources<RouteResources>()
                .WithSubscribeToResourcesHandler((_, _) => Count())
                .WithUnsubscribeFromResourcesHandler((_, _) => Count()),
            Ends.AddVoice,
            protocolVersion: "2025-06-18");

        foreach (var token in new[] { null, Issuer.Token("net:access") })
        {
            await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.SubscribeToResourceAsync(Subscribe("route://static/x", token)));
            await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.UnsubscribeFromResourceAsync(Unsubscribe("route://static/x", token)));
        }

        await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.SubscribeToResourceAsync(Subscribe("ghost://x", Issuer.Token("read:files"))));
        Assert.Equal(0, runs);
        await server.Client.SubscribeToResourceAsync(Subscribe("route://static/x", Issuer.Token("read:files")));
        await server.Client.UnsubscribeFromResourceAsync(Unsubscribe("route://static/x", Issuer.Token("read:files")));
        Assert.Equal(2, runs);

        ValueTask<EmptyResult> Count()
        {
            Interlocked.Increment(ref runs);
            return ValueTask.FromResult(new EmptyResult());
        }
    }

    [Fact]
    public async Task Given_a_handler_of_the_logging_level_then_it_answers_an_authenticated_caller_only()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithTools<ReadingHeir>().WithSetLoggingLevelHandler((_, _) =>
            {
                Interlocked.Increment(ref runs);
                return ValueTask.FromResult(new EmptyResult());
            }),
            protocolVersion: "2025-06-18");

        await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.SetLoggingLevelAsync(new SetLevelRequestParams { Level = LoggingLevel.Debug }));
        Assert.Equal(0, runs);
        await server.Client.SetLoggingLevelAsync(new SetLevelRequestParams { Level = LoggingLevel.Debug, Meta = TestServer.Meta(Issuer.Token()) });
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Given_a_handler_of_subscriptions_then_it_listens_only_to_what_the_caller_may_read()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithResources<RouteResources>().WithSubscriptionsListenHandler((_, _) =>
            {
                Interlocked.Increment(ref runs);
                return ValueTask.FromResult(new EmptyResult());
            }),
            Ends.AddVoice);

        await Assert.ThrowsAsync<McpProtocolException>(() => ListenAsync(server, "route://static/x", null));
        await Assert.ThrowsAsync<McpProtocolException>(() => ListenAsync(server, "route://static/x", Issuer.Token("net:access")));
        await Assert.ThrowsAsync<McpProtocolException>(() => ListenAsync(server, "ghost://x", Issuer.Token("read:files")));
        Assert.Equal(0, runs);
        await ListenAsync(server, "route://static/x", Issuer.Token("read:files"));
        Assert.Equal(1, runs);
    }

    private static Task ListenAsync(TestServer server, string uri, string? token)
    {
        var meta = TestServer.Meta(token);
        meta["io.modelcontextprotocol/protocolVersion"] = server.Client.NegotiatedProtocolVersion;
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" };
        meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
        return server.Client.SendRequestAsync(new JsonRpcRequest
        {
            Method = RequestMethods.SubscriptionsListen,
            Params = new JsonObject { ["notifications"] = new JsonObject { ["resourceSubscriptions"] = new JsonArray(uri) }, ["_meta"] = meta },
        });
    }

    private static Task<CompleteResult> CompleteAsync(TestServer server, string? token) => server.Client.CompleteAsync(new CompleteRequestParams
    {
        Ref = new PromptReference { Name = "route_prompt_static" },
        Argument = new ModelContextProtocol.Protocol.Argument { Name = "text", Value = "o" },
        Meta = TestServer.Meta(token),
    }).AsTask();

    private static SubscribeRequestParams Subscribe(string uri, string? token) => new() { Uri = uri, Meta = TestServer.Meta(token) };

    private static UnsubscribeRequestParams Unsubscribe(string uri, string? token) => new() { Uri = uri, Meta = TestServer.Meta(token) };
}
