#pragma warning disable MCPSEC2003 // The rule refuses these limits; here the guard must refuse them too.
using McpSecureGen.EndToEnd.Routes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>Where the rule is switched off, a limit that no call can meet stops the server, and the message names the method.</summary>
public sealed class ImpossibleLimitTests
{
    [Fact]
    public Task A_time_limit_of_zero() => Ends.InNoStartAsync(static b => b.WithTools<NoTime>(), "NoTime.Run", "[Timeout]");

    [Fact]
    public Task A_rate_limit_without_calls() => Ends.InNoStartAsync(static b => b.WithTools<NoCalls>(), "NoCalls.Run", "[RateLimit]");

    [Fact]
    public Task A_confirmation_of_a_prompt() => Ends.InNoStartAsync(static b => b.WithPrompts<AskingPrompt>(), "AskingPrompt.Run", "[RequiresConfirmation]");

    [RequiresCapability("read:files"), Timeout(0)]
    private sealed class NoTime
    {
        [McpServerTool]
        public static string Run() => "";
    }

    [RequiresCapability("read:files")]
    private sealed class NoCalls
    {
        [McpServerTool, RateLimit(0, 60)]
        public static string Run() => "";
    }

    [RequiresCapability("read:files")]
    private sealed class AskingPrompt
    {
        [McpServerPrompt, RequiresConfirmation("Sure?")]
        public static string Run() => "";
    }
}
