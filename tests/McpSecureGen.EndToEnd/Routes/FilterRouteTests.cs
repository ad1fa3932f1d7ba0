// Message filters are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
#pragma warning disable MCPEXP002 // The alternate filters are experimental in the SDK.
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Routes 17 and 23: request filters and message filters, by the builder and on the options.</summary>
public sealed class FilterRouteTests
{
    private const string Hi = """{"text":"hi"}""";

    [Fact]
    public async Task Given_a_filter_that_answers_itself_then_it_does_so_for_an_admitted_caller_only_and_on_the_record()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(b => b.WithTools<ReadingHeir>().WithRequestFilters(f => f.AddCallToolFilter(_ => (_, _) =>
        {
            Interlocked.Increment(ref runs);
            return ValueTask.FromResult(Answer("from the filter"));
        })));

        await RefusedAsync(RefusalCodes.Unauthenticated, () => server.CallAsync("route_inherited", Hi));
        await RefusedAsync(RefusalCodes.InsufficientCapability, () => server.CallAsync("route_inherited", Hi, Issuer.Token("net:access")));
        Assert.Equal(0, runs);
        Assert.Equal("from the filter", TestServer.Text(await server.CallAsync("route_inherited", Hi, Issuer.Token("read:files"))));
        Assert.Equal(1, runs);
        Assert.Contains(server.Audit, static r => Is(r, "reason", "answered_by_filter") && Is(r, "subject", "alice"));
    }

    [Fact]
    public async Task Given_a_filter_that_answers_unknown_names_then_it_needs_a_caller_and_is_recorded()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(b => b.WithTools<ReadingHeir>().WithRequestFilters(f => f.AddCallToolFilter(next => (request, ct) =>
        {
            if (request.MatchedPrimitive is not null)
            {
                return next(request, ct);
            }

            Interlocked.Increment(ref runs);
            return ValueTask.FromResult(Answer("made up"));
        })));

        await RefusedAsync(RefusalCodes.Unauthenticated, () => server.CallAsync("ghost"));
        Assert.Equal(0, runs);
        Assert.Equal("made up", TestServer.Text(await server.CallAsync("ghost", token: Issuer.Token())));
        Assert.Contains(server.Audit, static r => Is(r, "reason", "answered_by_filter") && Is(r, "primitive", "ghost"));
    }

    [Fact]
    public async Task Given_an_alternate_filter_that_answers_itself_then_it_does_so_for_an_admitted_caller_only_and_on_the_record()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(b =>
        {
            b.WithTools<ReadingHeir>();
            b.Services.Configure<McpServerOptions>(o => o.Filters.Request.CallToolWithAlternateFilters.Add((_, _, _) =>
            {
                Interlocked.Increment(ref runs);
                return ValueTask.FromResult(new ResultOrAlternate<CallToolResult>(Answer("from the filter")));
            }));
        });

        await RefusedAsync(RefusalCodes.Unauthenticated, () => server.CallAsync("route_inherited", Hi));
        await RefusedAsync(RefusalCodes.InsufficientCapability, () => server.CallAsync("route_inherited", Hi, Issuer.Token("net:access")));
        await RefusedAsync(RefusalCodes.Unauthenticated, () => server.CallAsync("ghost"));
        Assert.Equal(0, runs);
        Assert.Equal("from the filter", TestServer.Text(await server.CallAsync("route_inherited", Hi, Issuer.Token("read:files"))));
        Assert.Contains(server.Audit, static r => Is(r, "reason", "answered_by_filter"));
    }

    [Fact]
    public async Task Given_an_alternate_filter_that_passes_on_then_the_tool_is_secured()
    {
        await using var server = await TestServer.StartAsync(static b =>
        {
            b.WithTools<ReadingHeir>();
            b.Services.Configure<McpServerOptions>(static o => o.Filters.Request.CallToolWithAlternateFilters.Add(static (request, next, ct) => next(request, ct)));
        });

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Fact]
    public async Task Given_a_filter_that_swaps_in_a_raw_tool_then_the_call_is_refused()
    {
        var raw = McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!);
        await using var server = await TestServer.StartAsync(b => b.WithTools<ReadingHeir>().WithRequestFilters(f => f.AddCallToolFilter(next => (request, ct) =>
        {
            request.MatchedPrimitive = raw;
            return next(request, ct);
        })));

        await Ends.InUnknownToolAsync(server, "route_inherited", Hi);
    }

    [Fact]
    public async Task Given_a_filter_that_swaps_in_another_secured_tool_then_that_tool_decides()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<WritingHeir>().WithTools<RouteTools>().WithRequestFilters(static f => f.AddCallToolFilter(static next => (request, ct) =>
            {
                request.MatchedPrimitive = request.Server.ServerOptions.ToolCollection!.TryGetPrimitive("route_inherited", out var other) ? other : null;
                return next(request, ct);
            })),
            Ends.AddVoice);
        var text = Ends.NewText();
        var arguments = $$"""{"text":"{{text}}"}""";

        await RefusedAsync(RefusalCodes.InsufficientCapability, () => server.CallAsync("route_static", arguments, Issuer.Token("read:files")));
        Assert.Equal(0, RouteEffects.CountOf(text));
        Assert.Equal($"WritingHeir:{text}", TestServer.Text(await server.CallAsync("route_static", arguments, Issuer.Token("read:files write:files"))));
    }

    [Fact]
    public async Task Given_a_filter_that_swaps_in_a_secured_tool_of_another_server_then_the_call_is_refused()
    {
        await using var second = await TestServer.StartAsync(static b => b.WithTools<WritingHeir>());
        var other = second.Server.ServerOptions.ToolCollection!.Single();
        await using var server = await TestServer.StartAsync(b => b.WithTools<ReadingHeir>().WithRequestFilters(f => f.AddCallToolFilter(next => (request, ct) =>
        {
            request.MatchedPrimitive = other;
            return next(request, ct);
        })));
        var text = Ends.NewText();

        // It asks the keys and roots of its own server, so it has no say here.
        await Ends.InUnknownToolAsync(server, "route_inherited", $$"""{"text":"{{text}}"}""", "read:files write:files");
        Assert.Equal(0, RouteEffects.CountOf(text));
    }

    [Fact]
    public async Task Given_filters_of_prompts_and_resources_that_answer_themselves_then_they_do_so_for_an_admitted_caller_only()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithPrompts<RoutePrompts>().WithResources<RouteResources>().WithRequestFilters(f => f
                .AddGetPromptFilter(_ => (_, _) =>
                {
                    Interlocked.Increment(ref runs);
                    return ValueTask.FromResult(new GetPromptResult());
                })
                .AddReadResourceFilter(_ => (_, _) =>
                {
                    Interlocked.Increment(ref runs);
                    return ValueTask.FromResult(new ReadResourceResult());
                })),
            Ends.AddVoice);

        foreach (var token in new[] { null, Issuer.Token("net:access") })
        {
            await Assert.ThrowsAsync<McpProtocolException>(async () => await Ends.GetPromptAsync(server, "route_prompt_static", "x", token));
            await Assert.ThrowsAsync<McpProtocolException>(async () => await Ends.ReadAsync(server, "route://static/x", token));
        }

        Assert.Equal(0, runs);
        await Ends.GetPromptAsync(server, "route_prompt_static", "x", Issuer.Token("read:files"));
        await Ends.ReadAsync(server, "route://static/x", Issuer.Token("read:files"));
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Given_filters_that_swap_in_a_raw_prompt_or_resource_then_the_request_is_refused()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithPrompts<RoutePrompts>().WithResources<RouteResources>().WithRequestFilters(static f => f
                .AddGetPromptFilter(static next => (request, ct) =>
                {
                    request.MatchedPrimitive = new HandMadePrompt();
                    return next(request, ct);
                })
                .AddReadResourceFilter(static next => (request, ct) =>
                {
                    request.MatchedPrimitive = new HandMadeResource();
                    return next(request, ct);
                })),
            Ends.AddVoice);

        await Assert.ThrowsAsync<McpProtocolException>(async () => await Ends.GetPromptAsync(server, "route_prompt_static", "x", Issuer.Token("read:files")));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await Ends.ReadAsync(server, "route://static/x", Issuer.Token("read:files")));
        Ends.NothingUnsecuredRan();
    }

    [Fact]
    public async Task Given_filters_of_lists_completions_and_subscriptions_that_answer_themselves_then_they_need_a_caller_and_are_recorded()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithTools<ReadingHeir>().WithPrompts<RoutePrompts>().WithResources<RouteResources>()
                .WithCompleteHandler(static (_, _) => ValueTask.FromResult(new CompleteResult()))
                .WithSubscribeToResourcesHandler(static (_, _) => ValueTask.FromResult(new EmptyResult()))
                .WithRequestFilters(f => f
                    .AddListToolsFilter(_ => (_, _) => Count(new ListToolsResult()))
                    .AddListPromptsFilter(_ => (_, _) => Count(new ListPromptsResult()))
                    .AddListResourcesFilter(_ => (_, _) => Count(new ListResourcesResult()))
                    .AddListResourceTemplatesFilter(_ => (_, _) => Count(new ListResourceTemplatesResult()))
                    .AddCompleteFilter(_ => (_, _) => Count(new CompleteResult()))
                    .AddSubscribeToResourcesFilter(_ => (_, _) => Count(new EmptyResult()))),
            Ends.AddVoice,
            protocolVersion: "2025-06-18");
        var client = server.Client;
        Func<System.Text.Json.Nodes.JsonObject, Task>[] requests =
        [
            meta => client.ListToolsAsync(new ListToolsRequestParams { Meta = meta }).AsTask(),
            meta => client.ListPromptsAsync(new ListPromptsRequestParams { Meta = meta }).AsTask(),
            meta => client.ListResourcesAsync(new ListResourcesRequestParams { Meta = meta }).AsTask(),
            meta => client.ListResourceTemplatesAsync(new ListResourceTemplatesRequestParams { Meta = meta }).AsTask(),
            meta => client.CompleteAsync(new CompleteRequestParams
            {
                Ref = new PromptReference { Name = "route_prompt_static" },
                Argument = new ModelContextProtocol.Protocol.Argument { Name = "text", Value = "" },
                Meta = meta,
            }).AsTask(),
            meta => client.SubscribeToResourceAsync(new SubscribeRequestParams { Uri = "route://static/x", Meta = meta }),
        ];

        foreach (var request in requests)
        {
            var error = await Assert.ThrowsAsync<McpProtocolException>(() => request([]));
            Assert.Equal(RefusalCodes.Unauthenticated, (int)error.ErrorCode);
        }

        Assert.Equal(0, runs);
        foreach (var request in requests)
        {
            await request(TestServer.Meta(Issuer.Token()));
        }

        Assert.Equal(requests.Length, runs);
        Assert.Equal(requests.Length, server.Audit.Count(static r => Is(r, "reason", "answered_by_filter")));

        ValueTask<T> Count<T>(T result)
        {
            Interlocked.Increment(ref runs);
            return ValueTask.FromResult(result);
        }
    }

    [Fact]
    public async Task Given_a_list_filter_that_passes_on_then_the_list_is_recorded_once()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<ReadingHeir>().WithRequestFilters(static f => f.AddListToolsFilter(static next => (request, ct) => next(request, ct))));

        var tools = (await server.Client.ListToolsAsync(new ListToolsRequestParams { Meta = TestServer.Meta(Issuer.Token("read:files")) })).Tools;

        Assert.Single(tools);
        Assert.Single(server.Audit, static r => Is(r, "method", "tools/list"));
    }

    public static TheoryData<string, Action<IMcpServerBuilder>> MessageFilters => new()
    {
        { "incoming", static b => b.WithMessageFilters(static f => f.AddIncomingFilter(Unsecured)) },
        { "outgoing", static b => b.WithMessageFilters(static f => f.AddOutgoingFilter(Unsecured)) },
        { "options", static b => b.Services.Configure<McpServerOptions>(static o => o.Filters.Message.IncomingFilters.Add(Unsecured)) },
    };

    [Theory]
    [MemberData(nameof(MessageFilters), DisableDiscoveryEnumeration = true)]
    public Task Given_a_message_filter_then_the_server_does_not_start(string route, Action<IMcpServerBuilder> register)
    {
        Assert.NotEmpty(route);
        return Ends.InNoStartAsync(register, "message filter", "McpSecurity:AllowMessageFilters");
    }

    [Fact]
    public async Task Given_a_message_filter_that_the_operator_allows_then_the_tools_stay_secured()
    {
        var seen = 0;
        await using var server = await TestServer.StartAsync(
            b => b.WithTools<ReadingHeir>().WithMessageFilters(f => f.AddIncomingFilter(next => (message, ct) =>
            {
                Interlocked.Increment(ref seen);
                return next(message, ct);
            })),
            settings: static s => s["McpSecurity:AllowMessageFilters"] = "true");

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
        Assert.True(seen > 0);
    }

    private static McpMessageHandler Unsecured(McpMessageHandler next) => (message, ct) =>
    {
        RawEffects.Ran();
        return next(message, ct);
    };

    private static CallToolResult Answer(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    private static bool Is(JsonElement record, string property, string value) =>
        record.TryGetProperty(property, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() == value;

    private static async Task RefusedAsync(int code, Func<ValueTask<CallToolResult>> call) =>
        Assert.Equal(code, (int)(await Assert.ThrowsAsync<McpProtocolException>(async () => await call())).ErrorCode);
}
