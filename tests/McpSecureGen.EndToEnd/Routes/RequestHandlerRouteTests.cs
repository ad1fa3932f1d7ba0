// Raw request handlers are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
#pragma warning disable MCPEXP002 // Custom request handlers are experimental in the SDK.
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Routes 22 and 27: methods outside the specification, as extensions add them (<c>tasks/get</c>).</summary>
public sealed class RequestHandlerRouteTests
{
    [Fact]
    public Task Given_a_request_handler_then_the_server_does_not_start_and_names_the_method_and_the_setting() =>
        Ends.InNoStartAsync(
            static b => b.Services.Configure<McpServerOptions>(static o => o.RequestHandlers =
            [
                new McpServerRequestHandler { Method = "tasks/get", Handler = static (_, _) => ValueTask.FromResult<JsonNode?>(RawEffects.Ran()) },
                new McpServerRequestHandler { Method = "raw/run", Handler = static (_, _) => ValueTask.FromResult<JsonNode?>(RawEffects.Ran()) },
            ]),
            "'tasks/get'", "'raw/run'", "McpSecurity:AllowedRequestMethods");

    [Fact]
    public async Task Given_a_method_that_the_operator_allows_then_it_needs_a_caller_and_is_recorded()
    {
        var runs = 0;
        await using var server = await TestServer.StartAsync(
            b => b.Services.PostConfigure<McpServerOptions>(o => o.RequestHandlers =
            [
                new McpServerRequestHandler
                {
                    Method = "notes/get",
                    Handler = (_, _) =>
                    {
                        Interlocked.Increment(ref runs);
                        return ValueTask.FromResult<JsonNode?>(new JsonObject { ["ok"] = true });
                    },
                },
            ]),
            settings: static s => s["McpSecurity:AllowedRequestMethods:0"] = "notes/get");

        foreach (var token in new[] { null, "not a token" })
        {
            var error = await Assert.ThrowsAsync<McpProtocolException>(() => SendAsync(server, token));
            Assert.Equal(RefusalCodes.Unauthenticated, (int)error.ErrorCode);
        }

        Assert.Equal(0, runs);
        Assert.True((bool)(await SendAsync(server, Issuer.Token())).Result!["ok"]!);
        Assert.Equal(1, runs);
        Assert.Contains(server.Audit, static r => r.GetProperty("method").GetString() == "notes/get" && r.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "succeeded");
    }

    private static Task<JsonRpcResponse> SendAsync(TestServer server, string? token) => server.Client.SendRequestAsync(
        new JsonRpcRequest { Method = "notes/get", Params = new JsonObject { ["taskId"] = "1", ["_meta"] = TestServer.Meta(token) } });
}
