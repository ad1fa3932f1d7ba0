using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Hosting;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Route 20: the collections of the options, before the start and while the server runs.</summary>
public sealed class CollectionRouteTests
{
    [Fact]
    public async Task Given_a_declared_tool_added_late_then_it_is_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        server.Server.ServerOptions.ToolCollection!.Add(Tool());

        await Ends.InSecuredToolAsync(server);
    }

    [Fact]
    public async Task Given_a_raw_tool_added_late_then_the_addition_throws_and_the_tool_stays_unknown()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        var tools = server.Server.ServerOptions.ToolCollection!;

        var error = Assert.Throws<McpSecurityConfigurationException>(() => tools.Add(RawTool()));
        Assert.Throws<McpSecurityConfigurationException>(() => tools.TryAdd(RawTool()));
        Assert.Throws<McpSecurityConfigurationException>(() => tools.TryAdd(new HandMadeTool()));

        Assert.Contains("raw_static", error.Message, StringComparison.Ordinal);
        Assert.Single(tools);
        await Ends.InUnknownToolAsync(server, "raw_static");
        await Ends.InUnknownToolAsync(server, "hand_made");
        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Fact]
    public async Task Given_prompts_added_late_then_the_declared_one_is_secured_and_the_raw_one_refused()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithPrompts((IEnumerable<McpServerPrompt>)[McpServerPrompt.Create(typeof(RoutePrompts).GetMethod("Instance")!, new RoutePrompts(new Voice()))]));
        var prompts = server.Server.ServerOptions.PromptCollection!;
        prompts.Add(McpServerPrompt.Create((Delegate)RoutePrompts.Static));

        Assert.Throws<McpSecurityConfigurationException>(() => prompts.Add(new HandMadePrompt()));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await Ends.GetPromptAsync(server, "hand_made", "x", Issuer.Token("read:files")));
        await Ends.InSecuredPromptAsync(server);
    }

    [Fact]
    public async Task Given_resources_added_late_then_the_declared_one_is_secured_and_the_raw_one_refused()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithResources((IEnumerable<McpServerResource>)[McpServerResource.Create(typeof(RouteResources).GetMethod("Instance")!, new RouteResources(new Voice()))]));
        var resources = server.Server.ServerOptions.ResourceCollection!;
        resources.Add(McpServerResource.Create((Delegate)RouteResources.Static));

        Assert.Throws<McpSecurityConfigurationException>(() => resources.Add(new HandMadeResource()));
        Assert.Throws<McpSecurityConfigurationException>(() => resources.TryAdd(McpServerResource.Create(typeof(RawResourceClass).GetMethod("Fixed")!)));
        Assert.Equal(2, resources.Count);
        foreach (var uri in new[] { "raw://hand", "raw://fixed" })
        {
            await Assert.ThrowsAsync<McpProtocolException>(async () => await Ends.ReadAsync(server, uri, Issuer.Token("read:files")));
        }

        await Ends.InSecuredResourceAsync(server);
    }

    [Fact]
    public async Task Given_collections_replaced_on_the_running_server_then_nothing_raw_runs()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        server.Server.ServerOptions.ToolCollection = [RawTool()];

        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("raw_static", token: Issuer.Token("read:files")));
        Ends.NothingUnsecuredRan();
    }

    [Fact]
    public async Task Given_filters_cleared_on_the_running_server_then_its_tools_stay_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        server.Server.ServerOptions.Filters.Request.CallToolFilters.Clear();

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Fact]
    public async Task Given_a_tool_removed_and_added_again_then_it_is_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        var tools = server.Server.ServerOptions.ToolCollection!;
        var tool = tools.Single();
        Assert.True(tools.Remove(tool));
        tools.Add(tool);

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    private static McpServerTool Tool() => McpServerTool.Create(typeof(RouteTools).GetMethod(nameof(RouteTools.Static))!);

    private static McpServerTool RawTool() => McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!);
}
