using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.ConformanceServer;

/// <summary>A tool for each kind of content that a result may hold.</summary>
[McpServerToolType, RequiresCapability("use:tools")]
internal sealed class ContentTools
{
    [McpServerTool(Name = "test_simple_text"), Description("Answers with text.")]
    public static string Text() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Answers with a picture.")]
    public static ImageContentBlock Image() => ImageContentBlock.FromBytes(Samples.Png, "image/png");

    [McpServerTool(Name = "test_audio_content"), Description("Answers with a sound.")]
    public static AudioContentBlock Audio() => AudioContentBlock.FromBytes(Samples.Wav, "audio/wav");

    [McpServerTool(Name = "test_embedded_resource"), Description("Answers with a resource.")]
    public static EmbeddedResourceBlock Resource() => Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.");

    [McpServerTool(Name = "test_multiple_content_types"), Description("Answers with text, a picture and a resource.")]
    public static IEnumerable<ContentBlock> Mixed() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        Image(),
        Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
    ];

    [McpServerTool(Name = "test_error_handling"), Description("Fails.")]
    public static string Fail() => throw new McpException("This tool intentionally returns an error for testing");

    [McpServerTool(Name = Reconnection.Tool), Description("Answers on a stream that is closed before the answer.")]
    public static string Reconnect() => "The answer came after the client had come back.";

    [McpServerTool(Name = SchemaTool.Name), Description("Takes a name and an address.")]
    public static string Schema(string? name = null, Address? address = null) => $"{name ?? "Nobody"} of {address?.City ?? "nowhere"}";

    private static EmbeddedResourceBlock Embedded(string uri, string type, string text) =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = type, Text = text } };
}

/// <summary>Where someone lives.</summary>
internal sealed record Address(string? Street = null, string? City = null);
