using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>What the author's session callback does to the options of a session is secured or refused.</summary>
public sealed class SessionCallbackTests
{
    private const string CallRaw = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"raw","arguments":{}}}""";

    private static McpServerTool Raw(HttpContext context)
    {
        var effects = context.RequestServices.GetRequiredService<Effects>();
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

    private static Task<HttpTestServer> StartAsync(HttpServerSessionMode mode, Action<HttpContext, McpServerOptions> change) =>
        HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), http =>
        {
            http.SessionMode = mode;
            http.ConfigureSessionOptions = (context, options, _) =>
            {
                change(context, options);
                return Task.CompletedTask;
            };
        });

    public static TheoryData<HttpServerSessionMode, string, string> Replacements
    {
        get
        {
            var data = new TheoryData<HttpServerSessionMode, string, string>();
            foreach (var row in HttpMode.All)
            {
                foreach (var way in (string[])["replace", "replace and clear", "add"])
                {
                    data.Add(row.Data.Item1, row.Data.Item2, way);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Replacements))]
    public async Task Raw_tool_of_a_callback_does_not_run(HttpServerSessionMode mode, string version, string way)
    {
        await using var server = await StartAsync(mode, (context, options) =>
        {
            switch (way)
            {
                case "add":
                    options.ToolCollection!.Add(Raw(context));
                    break;
                case "replace and clear":
                    options.ToolCollection = [Raw(context)];
                    options.Filters.Request.CallToolFilters.Clear();
#pragma warning disable MCPEXP002 // Experimental in the SDK.
                    options.Filters.Request.CallToolWithAlternateFilters.Clear();
#pragma warning restore MCPEXP002
                    break;
                default:
                    options.ToolCollection = [Raw(context)];
                    break;
            }
        });

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var client = await server.ConnectAsync(Issuer.Token("read:files write:files"), version);
            await client.CallAsync("raw");
        });
        if (mode == HttpServerSessionMode.Stateless)
        {
            var (status, body) = await server.PostAsync(CallRaw, $"Bearer {Issuer.Token("read:files")}");
            Assert.Equal((500, ""), (status, body));
        }

        Assert.Empty(server.Effects.Seen);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Good_tool_of_a_callback_is_secured(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode, static (context, options) =>
            options.ToolCollection!.Add(McpServerTool.Create(new LateTools(context.RequestServices.GetRequiredService<Effects>()).Late)));
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        Assert.Equal(["ping", "read_note"], await client.ToolsAsync());
        Assert.Equal(RefusalCodes.InsufficientCapability, await client.RefusalAsync("late_tool"));
        Assert.Empty(server.Effects.Seen);

        client.Token = Issuer.Token("write:files");
        Assert.Equal(["late_tool", "ping", "write_note"], await client.ToolsAsync());
        Assert.Equal("late", TestServer.Text(await client.CallAsync("late_tool")));
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Callback_that_chooses_among_the_tools_by_route_is_secured(HttpServerSessionMode mode, string version)
    {
        // The SDK's own sample: a new collection, filled from the old one.
        await using var server = await StartAsync(mode, static (_, options) =>
        {
            var all = options.ToolCollection!;
            options.ToolCollection = [];
            foreach (var tool in all.Where(static tool => tool.ProtocolTool.Name != "ping"))
            {
                options.ToolCollection.Add(tool);
            }
        });
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        Assert.Equal(["read_note"], await client.ToolsAsync());
        Assert.Equal("note a", TestServer.Text(await client.CallAsync("read_note", """{"name":"a"}""")));
        Assert.Equal(RefusalCodes.InsufficientCapability, await client.RefusalAsync("write_note", """{"name":"a"}"""));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallAsync("ping"));
        Assert.Equal(["made", "read", "disposed"], server.Effects.Seen);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Callback_set_on_the_finished_options_cannot_bring_a_raw_tool_to_run(HttpServerSessionMode mode, string version)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), http => http.SessionMode = mode);
        server.Services.GetRequiredService<IOptions<HttpServerTransportOptions>>().Value.ConfigureSessionOptions = static (context, options, _) =>
        {
            options.ToolCollection = [Raw(context)];
            return Task.CompletedTask;
        };
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        var refusal = await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallAsync("raw"));
        Assert.Equal(McpErrorCode.InvalidParams, refusal.ErrorCode);
        Assert.Empty(await client.ToolsAsync());
        Assert.Empty(server.Effects.Seen);
    }
}
