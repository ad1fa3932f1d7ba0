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
        McpServerTool? other = null;
        await using var server = await TestServer.StartAsync(b => b.WithTools<ReadingHeir>().WithTools<RouteTools>().WithRequestFilters(f => f.AddCallToolFilter(next => (request, ct) =>
        {
            request.MatchedPrimitive = request.Params?.Name == "route_static" ? other : request.MatchedPrimitive;
            return next(request, ct);
        })));
        await using var second = await TestServer.StartAsync(static b => b.WithTools<WritingHeir>());
        other = second.Server.ServerOptions.ToolCollection!.Single();
        var text = Ends.NewText();

        // A wrapper of another server asks that server's keys and roots, so it has no say here.
        await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await server.CallAsync("route_static", $$"""{"text":"{{text}}"}""", Issuer.Token("read:files")));
        Assert.Equal(0, Effects.CountOf(text));
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
