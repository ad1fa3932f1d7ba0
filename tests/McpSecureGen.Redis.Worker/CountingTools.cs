using System.ComponentModel;
using ModelContextProtocol.Server;

namespace McpSecureGen.Redis.Worker;

/// <summary>One tool whose only effect is that it counts.</summary>
[McpServerToolType, McpNamespace("counting")]
public sealed class CountingTools(Counter counter)
{
    [McpServerTool(Name = "count"), Description("Counts its own calls.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public string Count() => counter.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);

    [McpServerTool(Name = "count_limited"), Description("Counts its own calls, forty a second in all processes together.")]
    [RequiresCapability(McpCapabilities.ReadFiles), RateLimit(40, 1)]
    public string CountLimited() => counter.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
