using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

[McpNamespace("output"), RequiresCapability("read:files")]
internal sealed class KeepingTools
{
    internal static CallToolResult Result { get; } = new() { Content = [new TextContentBlock { Text = "\u001b" }] };

    [McpServerTool(Name = "k_kept")]
    public static CallToolResult Kept() => Result;
}
