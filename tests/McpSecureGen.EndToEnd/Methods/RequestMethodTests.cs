#pragma warning disable MCPSEC5001 // Raw request handlers are what these tests are about.
#pragma warning disable MCPEXP002 // Custom request handlers are experimental in the SDK.
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>A method outside the specification with declared capabilities.</summary>
public sealed class RequestMethodTests
{
    private int _runs;

    [Fact]
    public async Task Given_a_declared_method_then_it_runs_for_those_who_hold_its_capabilities()
    {
        await using var client = await StartAsync(static s => s["McpSecurity:RequestMethods:stock/count:0"] = "read:files");

        var without = await client.SendAsync("stock/count", [], null);
        var lacking = await client.SendAsync("stock/count", [], Issuer.Token("env:read"));
        Assert.Equal(0, _runs);
        var enough = await client.SendAsync("stock/count", [], Issuer.Token("read:files"));

        Assert.Equal(1, _runs);
        Assert.Equal(-32050, Code(without));
        Assert.Equal(-32051, Code(lacking));
        Assert.Equal("read:files", lacking.GetProperty("error").GetProperty("data").GetProperty("required")[0].GetString());
        Assert.True(enough.TryGetProperty("result", out _));
        Assert.Equal(["unauthenticated", "insufficient_capability", "succeeded"], client.NewEnds("stock/count"));
    }

    [Fact]
    public async Task Given_a_server_that_conceals_then_a_forbidden_method_is_answered_like_an_unknown_one()
    {
        await using var client = await StartAsync(static s =>
        {
            s["McpSecurity:RequestMethods:stock/count:0"] = "read:files";
            s["McpSecurity:ConcealForbidden"] = "true";
        });

        var forbidden = (await client.SendAsync("stock/count", [], Issuer.Token("env:read"))).GetProperty("error").GetRawText();
        var unknown = (await client.SendAsync("stock/shift", [], Issuer.Token("env:read"))).GetProperty("error").GetRawText();

        Assert.Equal(unknown, forbidden.Replace("stock/count", "stock/shift", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nothing:known", "nothing:known")]
    [InlineData("Read Files", "Read Files")]
    public async Task Given_a_capability_nobody_knows_then_the_server_does_not_start(string capability, string named)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(s => s["McpSecurity:RequestMethods:stock/count:0"] = capability));

        Assert.Contains("McpSecurity:RequestMethods:stock/count", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();

    private Task<NewestClient> StartAsync(Action<Dictionary<string, string?>> settings) => NewestClient.StartAsync(
        b => b.WithTools<MethodTools>().Services.Configure<McpServerOptions>(o => o.RequestHandlers =
        [
            new McpServerRequestHandler
            {
                Method = "stock/count",
                Handler = (_, _) =>
                {
                    Interlocked.Increment(ref _runs);
                    return ValueTask.FromResult<JsonNode?>(new JsonObject { ["count"] = 3 });
                },
            },
        ]),
        settings);
}
