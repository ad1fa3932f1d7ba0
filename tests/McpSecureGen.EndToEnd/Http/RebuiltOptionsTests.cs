using System.Collections.Concurrent;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Hosting;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>The SDK builds the options of a stateless server anew for every request: what is wrapped stays wrapped, and what comes later is seen.</summary>
public sealed class RebuiltOptionsTests
{
    private static McpServerTool Raw(Effects effects)
    {
#pragma warning disable MCPSEC5001 // What the guard must refuse.
        return McpServerTool.Create(
            () =>
            {
                effects.Note("raw");
                return "raw ran";
            },
            new() { Name = "raw" });
#pragma warning restore MCPSEC5001
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Every_request_meets_the_same_wrapper(HttpServerSessionMode mode, string version)
    {
        var matched = new ConcurrentBag<IMcpServerPrimitive?>();
        await using var server = await HttpTestServer.StartAsync(
            b => b.WithTools<NoteTools>().WithRequestFilters(filters => filters.AddCallToolFilter(next => (request, cancellationToken) =>
            {
                matched.Add(request.MatchedPrimitive);
                return next(request, cancellationToken);
            })),
            http => http.SessionMode = mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("note a", TestServer.Text(await client.CallAsync("read_note", """{"name":"a"}""")));
        }

        Assert.Equal(3, matched.Count);
        Assert.IsType<SecuredTool>(Assert.Single(matched.Distinct()), exactMatch: false);
        Assert.Equal(Enumerable.Repeat<string[]>(["made", "read", "disposed"], 3).SelectMany(static call => call), server.Effects.Seen);
        Assert.Equal(3, server.Audit.Count(static r => r.GetProperty("method").GetString() == "tools/call"));
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Given_object_serves_every_request(HttpServerSessionMode mode, string version)
    {
        var effects = new Effects();
        var given = new NoteTools(effects);
        await using var server = await HttpTestServer.StartAsync(b => b.WithTools(given), http => http.SessionMode = mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        for (var i = 0; i < 3; i++)
        {
            await client.CallAsync("read_note", """{"name":"a"}""");
        }

        Assert.Equal(["made", "read", "read", "read"], effects.Seen);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Raw_tool_added_to_the_running_server_is_refused_at_once(HttpServerSessionMode mode, string version)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), http => http.SessionMode = mode);
        var tools = server.Services.GetRequiredService<IOptions<McpServerOptions>>().Value.ToolCollection!;

        Assert.Throws<McpSecurityConfigurationException>(() => tools.Add(Raw(server.Effects)));

        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallAsync("raw"));
        Assert.Equal("note a", TestServer.Text(await client.CallAsync("read_note", """{"name":"a"}""")));
        Assert.Equal(0, server.Effects.Count("raw"));
    }

    [Fact]
    public async Task Good_tool_added_to_the_running_stateful_server_is_secured()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), static http => http.SessionMode = HttpServerSessionMode.Stateful);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), "2025-06-18");
        server.Services.GetRequiredService<IOptions<McpServerOptions>>().Value.ToolCollection!.Add(McpServerTool.Create(new LateTools(server.Effects).Late));

        await LateToolIsSecuredAsync(server, client);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task Tools_that_are_added_to_the_authors_own_collection_are_secured_or_refused_with_the_next_request(string version)
    {
        McpServerPrimitiveCollection<McpServerTool> own = [];
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(), services: services => services.Configure<McpServerOptions>(options =>
            {
                foreach (var tool in options.ToolCollection!)
                {
                    own.TryAdd(tool);
                }

                options.ToolCollection = own;
            }));
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);
        Assert.Equal(["ping", "read_note"], await client.ToolsAsync());

        own.Add(McpServerTool.Create(new LateTools(server.Effects).Late));
        await LateToolIsSecuredAsync(server, client);

        own.Add(Raw(server.Effects));
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallAsync("raw"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallAsync("late_tool"));
        Assert.Equal(["late"], server.Effects.Seen);
    }

    private static async Task LateToolIsSecuredAsync(HttpTestServer server, HttpTestClient client)
    {
        Assert.Equal(["ping", "read_note"], await client.ToolsAsync());
        Assert.Equal(RefusalCodes.InsufficientCapability, await client.RefusalAsync("late_tool"));
        Assert.Empty(server.Effects.Seen);

        client.Token = Issuer.Token("write:files");
        Assert.Contains("late_tool", await client.ToolsAsync());
        Assert.Equal("late", TestServer.Text(await client.CallAsync("late_tool")));
    }
}
