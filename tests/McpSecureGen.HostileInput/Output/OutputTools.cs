using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>Every way in which text can leave a server.</summary>
[McpNamespace("output"), RequiresCapability("read:files")]
internal sealed class OutputTools
{
    /// <summary>What the tools return; arguments are not used, because the server checks those too.</summary>
    internal static string Payload { get; set; } = "";

    [McpServerTool(Name = "o_text")]
    public static string Text() => Payload;

    [McpServerTool(Name = "o_block")]
    public static ContentBlock Block() => new TextContentBlock { Text = Payload, Meta = new JsonObject { ["note"] = Payload, [Payload] = 1 } };

    [McpServerTool(Name = "o_error_result")]
    public static CallToolResult ErrorResult() => new() { IsError = true, Content = [new TextContentBlock { Text = Payload }], Meta = new JsonObject { ["m"] = Payload } };

    [McpServerTool(Name = "o_embedded")]
    public static ContentBlock Embedded() => new EmbeddedResourceBlock
    {
        Resource = new TextResourceContents { Uri = "x://" + Payload, MimeType = Payload, Text = Payload },
    };

    [McpServerTool(Name = "o_link")]
    public static ContentBlock Link() => new ResourceLinkBlock { Uri = "x://" + Payload, Name = Payload, Title = Payload, Description = Payload, MimeType = Payload };

    [McpServerTool(Name = "o_image")]
    public static ContentBlock Image() => new ImageContentBlock { Data = "G1szMW0A"u8.ToArray(), MimeType = "image/png" };

    [McpServerTool(Name = "o_structured", UseStructuredContent = true)]
    public static Report Structured() => new(Payload, new Dictionary<string, string> { [Payload] = Payload }, [Payload]);

    [McpServerTool(Name = "o_element")]
    public static CallToolResult Element() => new() { Content = [], StructuredContent = JsonElement.Parse("""{"a\u202eb":"\u001b[31m\ud800"}""") };

    [McpServerTool(Name = "o_content")]
    public static IEnumerable<AIContent> Contents() => [new TextContent(Payload), new TextContent("and more")];

    [McpServerTool(Name = "o_throw")]
    public static string Throw() => throw new McpException(Payload);

    [McpServerTool(Name = "o_throw_protocol")]
    public static string ThrowProtocol() => throw new McpProtocolException(Payload, McpErrorCode.InvalidRequest);

    [McpServerTool(Name = "o_progress")]
    public static string Progress(IProgress<ProgressNotificationValue> progress)
    {
        progress.Report(new ProgressNotificationValue { Progress = 1, Message = Payload });
        return "done";
    }

    [McpServerPrompt(Name = "o_prompt")]
    public static GetPromptResult Prompt() => new()
    {
        Description = Payload,
        Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = Payload } }],
    };

    [McpServerResource(UriTemplate = "output://text")]
    public static string ReadText() => Payload;

    [McpServerResource(UriTemplate = "output://both")]
    public static IEnumerable<ResourceContents> ReadBoth() =>
    [
        new TextResourceContents { Uri = "output://both", Text = Payload },
        new BlobResourceContents { Uri = "output://both", Blob = Convert.ToBase64String([0x1B, 0x5B]).Select(static c => (byte)c).ToArray() },
    ];

    internal sealed record Report(string Text, Dictionary<string, string> Map, string[] List);
}
