using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>Results on which the checks themselves break.</summary>
[McpNamespace("output"), RequiresCapability("read:files")]
internal sealed class UncheckableTools
{
    [McpServerTool(Name = "u_deep")]
    public static CallToolResult Deep() => new()
    {
        Content = [new TextContentBlock { Text = "secret-behind" }],
        StructuredContent = JsonElement.Parse(
            new string('[', 1_100) + "\"\\u001b secret-behind\"" + new string(']', 1_100), new JsonDocumentOptions { MaxDepth = 2_000 }),
    };

    [McpServerTool(Name = "u_null")]
    public static CallToolResult Null() => new() { Content = [new TextContentBlock { Text = "secret-behind" }, null!] };

    [McpServerTool(Name = "u_fine")]
    public static string Fine() => "fine";
}
