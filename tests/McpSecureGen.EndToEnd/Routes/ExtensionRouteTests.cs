#pragma warning disable MCPEXP002 // Alternate filters are experimental in the SDK.
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Route 27: what the SDK's extensions do, by the hooks they use: a post-configure over all tools, calls finished in the background.</summary>
public sealed class ExtensionRouteTests
{
    [Fact]
    public async Task Given_a_post_configure_that_writes_metadata_into_the_tools_then_it_is_listed_and_the_tools_stay_secured()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            static s => s.PostConfigure<McpServerOptions>(static o =>
            {
                foreach (var tool in o.ToolCollection!)
                {
                    tool.ProtocolTool.Meta = new JsonObject { ["ui/resourceUri"] = "ui://page" };
                }
            }),
            createdBySdk: true);

        var tools = (await server.Client.ListToolsAsync(new ListToolsRequestParams { Meta = TestServer.Meta(Issuer.Token("read:files")) })).Tools;
        Assert.Equal("ui://page", (string?)Assert.Single(tools).Meta?["ui/resourceUri"]);
        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Fact]
    public async Task Given_calls_that_run_in_another_context_then_the_tool_is_secured_there_too()
    {
        await using var server = await TestServer.StartAsync(static b =>
        {
            b.WithTools<ReadingHeir>();
            b.Services.Configure<McpServerOptions>(static o => o.Filters.Request.CallToolWithAlternateFilters.Add(static async (request, next, ct) =>
            {
                var copy = new RequestContext<CallToolRequestParams>(request.Server, request.JsonRpcRequest, request.Params!)
                {
                    MatchedPrimitive = request.MatchedPrimitive,
                    Services = request.Services,
                };
                return await Task.Run(async () => await next(copy, ct), ct);
            }));
        });

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Fact]
    public async Task Given_a_tool_that_changes_its_own_server_then_what_it_adds_is_secured_or_refused()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<GrowingTools>());

        await server.CallAsync("grow_good", token: Issuer.Token("read:files"));
        Assert.True((await server.CallAsync("grow_raw", token: Issuer.Token("read:files"))).IsError);

        await Ends.InSecuredToolAsync(server);
        await Ends.InUnknownToolAsync(server, "raw_static");
    }
}

public sealed class GrowingTools
{
    [McpServerTool(Name = "grow_good"), RequiresCapability("read:files")]
    public static void Good(McpServer server) => server.ServerOptions.ToolCollection!.Add(McpServerTool.Create((Delegate)RouteTools.Static));

    [McpServerTool(Name = "grow_raw"), RequiresCapability("read:files")]
    public static void Raw(McpServer server) =>
        server.ServerOptions.ToolCollection!.Add(McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!));
}
