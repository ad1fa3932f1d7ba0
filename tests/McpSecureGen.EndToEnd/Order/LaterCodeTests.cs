// Message handlers and raw handlers are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Order;

/// <summary>
/// The order cannot be undone from outside: whatever code of the author runs after the guard, the end is a secured tool or a refusal. The servers
/// are made by the SDK from the options, as in a host, so only the container's own steps protect them.
/// </summary>
public sealed class LaterCodeTests
{
    [Fact]
    public async Task Given_a_later_post_configure_that_clears_the_filters_then_the_tools_stay_secured_and_the_lists_filtered()
    {
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s => s.PostConfigure<McpServerOptions>(static o => ClearFilters(o)));

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
        var hidden = await server.Client.ListToolsAsync(new ModelContextProtocol.Protocol.ListToolsRequestParams { Meta = TestServer.Meta(Issuer.Token("net:access")) });
        Assert.Empty(hidden.Tools);
    }

    [Fact]
    public Task Given_a_later_post_configure_that_replaces_the_collection_by_raw_tools_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(
            () => StartAsync(
                static b => b.WithTools<ReadingHeir>(),
                static s => s.PostConfigure<McpServerOptions>(static o =>
                {
                    ClearFilters(o);
                    o.ToolCollection = [RawTool(), new HandMadeTool()];
                })),
            "raw_static", "hand_made");

    [Fact]
    public async Task Given_a_later_post_configure_that_replaces_the_collection_by_declared_tools_then_they_are_secured()
    {
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s => s.PostConfigure<McpServerOptions>(static o =>
            {
                ClearFilters(o);
                o.ToolCollection = [McpServerTool.Create((Delegate)RouteTools.Static)];
            }));

        await Ends.InSecuredToolAsync(server);
        await Ends.InUnknownToolAsync(server, "route_inherited");
    }

    [Fact]
    public async Task Given_a_later_post_configure_that_copies_the_secured_tools_into_a_plain_collection_then_late_raw_tools_are_refused_all_the_same()
    {
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s => s.PostConfigure<McpServerOptions>(static o => o.ToolCollection = [.. o.ToolCollection!]));

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
        Assert.ThrowsAny<InvalidOperationException>(() => server.Server.ServerOptions.ToolCollection!.Add(RawTool()));
    }

    [Fact]
    public async Task Given_a_later_filter_that_swaps_in_a_raw_tool_then_the_call_is_refused()
    {
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s => s.PostConfigure<McpServerOptions>(static o => o.Filters.Request.CallToolFilters.Add(static next => (request, ct) =>
            {
                request.MatchedPrimitive = RawTool();
                return next(request, ct);
            })));

        await Ends.InUnknownToolAsync(server, "route_inherited", """{"text":"hi"}""");
    }

    [Fact]
    public async Task Given_a_later_filter_put_first_that_answers_itself_then_only_an_admitted_caller_reaches_it()
    {
        var runs = 0;
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            s => s.PostConfigure<McpServerOptions>(o => o.Filters.Request.CallToolFilters.Insert(0, _ => (_, _) =>
            {
                Interlocked.Increment(ref runs);
                return ValueTask.FromResult(new ModelContextProtocol.Protocol.CallToolResult { Content = [] });
            })));

        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("route_inherited", """{"text":"hi"}"""));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("route_inherited", """{"text":"hi"}""", Issuer.Token("net:access")));
        Assert.Equal(0, runs);
        await server.CallAsync("route_inherited", """{"text":"hi"}""", Issuer.Token("read:files"));
        Assert.Equal(1, runs);
    }

    [Fact]
    public Task Given_a_later_post_configure_that_sets_a_handler_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(
            () => StartAsync(
                static b => b.WithTools<ReadingHeir>(),
                static s => s.PostConfigure<McpServerOptions>(static o => o.Handlers.CallToolHandler = static (_, _) =>
                {
                    RawEffects.Ran();
                    return ValueTask.FromResult(new ModelContextProtocol.Protocol.CallToolResult { Content = [] });
                })),
            "CallToolHandler");

    [Fact]
    public async Task Given_a_later_validation_that_undoes_the_guard_then_nothing_raw_runs()
    {
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s => s.AddSingleton<IValidateOptions<McpServerOptions>>(new ValidateOptions<McpServerOptions>(null, static o =>
            {
                ClearFilters(o);
                return true;
            }, "")));

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Fact]
    public async Task Given_options_by_name_then_every_name_is_guarded()
    {
        await using var server = await StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s =>
            {
                s.Configure<McpServerOptions>("raw", static o => (o.ToolCollection ??= []).Add(RawTool()));
                s.Configure<McpServerOptions>("good", static o => o.ToolCollection = [McpServerTool.Create((Delegate)RouteTools.Static)]);
            });
        var monitor = server.Services.GetRequiredService<IOptionsMonitor<McpServerOptions>>();
        var good = monitor.Get("good").ToolCollection!;

        var error = Assert.ThrowsAny<Exception>(() => monitor.Get("raw"));
        Assert.Contains("raw_static", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<InvalidOperationException>(() => good.Add(RawTool()));
        Assert.IsAssignableFrom<McpSecureGen.Invocation.SecuredTool>(Assert.Single(good, static tool => tool.ProtocolTool.Name == "route_static"));
    }

    [Fact]
    public async Task Given_options_made_again_then_they_are_guarded_again()
    {
        await using var server = await StartAsync(static b => b.WithTools<ReadingHeir>(), static _ => { });
        var factory = server.Services.GetRequiredService<IOptionsFactory<McpServerOptions>>();

        var (first, second) = (factory.Create(Options.DefaultName), factory.Create(Options.DefaultName));

        Assert.NotSame(first, second);
        Assert.Same(first.ToolCollection!.Single(), second.ToolCollection!.Single());
        Assert.ThrowsAny<InvalidOperationException>(() => second.ToolCollection!.Add(RawTool()));
    }

    private static Task<TestServer> StartAsync(Action<IMcpServerBuilder> register, Action<IServiceCollection> later) =>
        TestServer.StartAsync(register, later, createdBySdk: true);

    private static McpServerTool RawTool() => McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!);

    private static void ClearFilters(McpServerOptions options)
    {
        options.Filters = new McpServerFilters();
        options.Filters.Request.CallToolFilters.Clear();
        options.Filters.Request.ListToolsFilters.Clear();
    }
}
