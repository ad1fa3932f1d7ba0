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
}
