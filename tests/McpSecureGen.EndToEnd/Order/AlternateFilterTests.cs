#pragma warning disable MCPEXP002 // What these tests are about: the filters that run around all others.
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Order;

/// <summary>Alternate filters run around all others: no caller reaches them whom the tool's own gate would refuse, and none leaves no record.</summary>
public sealed class AlternateFilterTests
{
    [Fact]
    public async Task A_filter_does_not_run_for_a_caller_without_a_token()
    {
        var ran = 0;
        await using var server = await StartAsync((_, next) =>
        {
            ran++;
            return next();
        });

        var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("admire", """{"text":"hi"}"""));

        Assert.Equal(RefusalCodes.Unauthenticated, (int)error.ErrorCode);
        Assert.Equal(0, ran);
        Assert.Equal("hi", TestServer.Text(await server.CallAsync("admire", """{"text":"hi"}""", Issuer.Token("read:files"))));
        Assert.Equal(1, ran);
    }

    [Fact]
    public async Task A_filter_that_answers_by_itself_leaves_a_record()
    {
        await using var server = await StartAsync(static (_, _) =>
            new(new CallToolResult { Content = [new TextContentBlock { Text = "from the filter" }] }));

        Assert.Equal("from the filter", TestServer.Text(await server.CallAsync("admire", """{"text":"hi"}""", Issuer.Token("read:files"))));

        var record = Assert.Single(server.Audit, static r => r.GetProperty("method").GetString() == "tools/call");
        Assert.Equal("answered_by_filter", record.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_filter_that_refuses_leaves_a_record()
    {
        await using var server = await StartAsync(static (_, _) => throw new McpProtocolException("Not today.", McpErrorCode.InvalidRequest));

        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("admire", """{"text":"hi"}""", Issuer.Token("read:files")));

        var record = Assert.Single(server.Audit, static r => r.GetProperty("method").GetString() == "tools/call");
        Assert.Equal("refused_by_filter", record.GetProperty("reason").GetString());
    }

    private static Task<TestServer> StartAsync(
        Func<RequestContext<CallToolRequestParams>, Func<ValueTask<ResultOrAlternate<CallToolResult>>>, ValueTask<ResultOrAlternate<CallToolResult>>> filter) =>
        TestServer.StartAsync(
            static builder => builder.WithTools<Tools>(),
            services => services.Configure<McpServerOptions>(options => options.Filters.Request.CallToolWithAlternateFilters.Add(
                (request, next, cancellationToken) => filter(request, () => next(request, cancellationToken)))));

    private sealed class Tools
    {
        [McpServerTool, RequiresCapability("read:files")]
        public static string Admire(string text) => text;
    }
}
