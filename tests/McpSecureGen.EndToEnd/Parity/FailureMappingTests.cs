using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>What a tool throws reaches the client as by the SDK alone, but for the data of a protocol error.</summary>
public sealed class FailureMappingTests
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var tool in (string[])["throw_mcp", "throw_other", "throw_argument", "throw_own_cancellation", "throw_protocol", "throw_late", "throw_aggregate"])
            {
                rows.Add(tool, Comparison.Old);
                rows.Add(tool, Comparison.New);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_failure_is_mapped_as_by_the_SDK_alone(string tool, string version)
    {
        await using var secured = await TestServer.StartAsync(static b => b.WithTools<FailingTools>(), protocolVersion: version);
        await using var alone = await UnsecuredServer.StartAsync(
            typeof(FailingTools).GetMethods().Where(static m => m.IsDefined(typeof(McpServerToolAttribute), false)), protocolVersion: version);

        Assert.Equal(await Comparison.CallAsync(alone.Client, tool, "{}"), await Comparison.CallAsync(secured.Client, tool, "{}"));
        var record = Assert.Single(secured.Audit, static r => r.TryGetProperty("method", out var m) && m.GetString() == "tools/call");
        Assert.Equal("failed", record.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Data_of_a_protocol_error_that_a_tool_throws_does_not_reach_the_client()
    {
        await using var secured = await TestServer.StartAsync(static b => b.WithTools<FailingTools>());

        var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await secured.CallAsync("throw_protocol", token: Issuer.Token("read:files")));

        Assert.Equal(-32123, (int)error.ErrorCode);
        Assert.Empty(error.Data);
    }

    [Fact]
    public async Task What_the_SDK_alone_would_have_sent_is_the_forged_reason()
    {
        await using var alone = await UnsecuredServer.StartAsync([typeof(FailingTools).GetMethod(nameof(FailingTools.ThrowProtocol))!]);

        var error = await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await alone.Client.CallToolAsync(new CallToolRequestParams { Name = "throw_protocol" }));

        Assert.Equal("unauthenticated", error.Data["reason"]);
    }
}

[RequiresCapability("read:files")]
public sealed class FailingTools
{
    [McpServerTool]
    public static string ThrowMcp() => throw new McpException("told to the client");

    [McpServerTool]
    public static string ThrowOther() => throw new InvalidOperationException("/host/path");

    [McpServerTool]
    public static string ThrowArgument() => throw new ArgumentException("inner", "value");

    [McpServerTool]
    public static string ThrowOwnCancellation() => throw new OperationCanceledException("own");

    [McpServerTool]
    public static string ThrowProtocol()
    {
        var error = new McpProtocolException("protocol", (McpErrorCode)(-32123));
        error.Data["reason"] = "unauthenticated";
        throw error;
    }

    [McpServerTool]
    public static async Task<string> ThrowLate()
    {
        await Task.Yield();
        throw new McpException("late");
    }

    [McpServerTool]
    public static Task<string> ThrowAggregate() => Task.FromException<string>(new AggregateException(new McpException("inner")));
}
