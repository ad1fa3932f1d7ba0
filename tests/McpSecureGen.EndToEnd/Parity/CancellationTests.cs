using McpSecureGen.EndToEnd.Strictness;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>The caller's own cancellation, sent as a line because the SDK's client does not send it.</summary>
public sealed class CancellationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_cancelled_call_cancels_the_token_of_the_tool_and_is_recorded_as_cancelled()
    {
        var gate = new CancellationGate();
        await using var server = await RawServer.StartAsync(static b => b.WithTools<WaitingTools>(), s => s.AddSingleton(gate));
        var id = await server.PostAsync("tools/call", $$"""{"name":"wait","arguments":{},"_meta":{{RawServer.Meta}}}""");
        await gate.Started.Task.WaitAsync(Limit);

        await server.NotifyAsync("notifications/cancelled", $$"""{"requestId":{{id}}}""");

        await gate.Cancelled.Task.WaitAsync(Limit);
        for (var end = DateTimeOffset.UtcNow + Limit; !server.AuditText.Contains("\"cancelled\"", StringComparison.Ordinal);)
        {
            Assert.True(DateTimeOffset.UtcNow < end, "no record of the cancellation");
            await Task.Delay(20);
        }
    }
}

public sealed class CancellationGate
{
    public TaskCompletionSource Started { get; } = new();

    public TaskCompletionSource Cancelled { get; } = new();
}

[RequiresCapability("read:files")]
public sealed class WaitingTools(CancellationGate gate)
{
    [McpServerTool]
    public async Task<string> Wait(CancellationToken cancellationToken)
    {
        gate.Started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            gate.Cancelled.TrySetResult();
            throw;
        }

        return "";
    }
}
