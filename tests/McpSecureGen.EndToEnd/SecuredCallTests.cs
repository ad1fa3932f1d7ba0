using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

[assembly: McpSecureGen.DefineRole("reader", "read:files")]

namespace McpSecureGen.EndToEnd;

/// <summary>The whole path of one call: who, may it, arguments, the method, the record.</summary>
public sealed class SecuredCallTests
{
    [Fact]
    public async Task A_caller_with_the_capability_runs_the_tool_and_leaves_one_record()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<EchoTools>());

        var result = await server.CallAsync("echo", """{"text":"hi"}""", Issuer.Token("read:files"));

        Assert.Equal("hi", TestServer.Text(result));
        var record = Assert.Single(server.Audit, static r => r.GetProperty("method").GetString() == "tools/call");
        Assert.Equal("succeeded", record.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_role_grants_what_it_holds()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<EchoTools>());

        Assert.Equal("hi", TestServer.Text(await server.CallAsync("echo", """{"text":"hi"}""", Issuer.Token(roles: ["reader"]))));
    }

    [Theory]
    [InlineData(null, RefusalCodes.Unauthenticated)]
    [InlineData("not a token", RefusalCodes.Unauthenticated)]
    public async Task Without_a_good_token_nothing_runs(string? token, int code)
    {
        EchoTools.Calls = 0;
        await using var server = await TestServer.StartAsync(static b => b.WithTools<EchoTools>());

        var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("echo", """{"text":"hi"}""", token));

        Assert.Equal(code, (int)error.ErrorCode);
        Assert.Equal(0, EchoTools.Calls);
    }
}

public sealed class EchoTools
{
    public static int Calls;

    [McpServerTool, RequiresCapability("read:files")]
    public static string Echo(string text)
    {
        Calls++;
        return text;
    }
}
