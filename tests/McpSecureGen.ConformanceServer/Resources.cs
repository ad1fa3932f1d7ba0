using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.ConformanceServer;

/// <summary>Resources of text and of bytes, one with a template, one to watch.</summary>
[McpServerResourceType, RequiresCapability("use:resources")]
internal sealed class Resources
{
    [McpServerResource(UriTemplate = "test://static-text", Name = "Text", MimeType = "text/plain"), Description("A text.")]
    public static string Text() => "This is the content of the static text resource.";

    [McpServerResource(UriTemplate = "test://static-binary", Name = "Picture", MimeType = "image/png"), Description("A picture.")]
    public static BlobResourceContents Picture() => BlobResourceContents.FromBytes(Samples.Png, "test://static-binary", "image/png");

    [McpServerResource(UriTemplate = "test://template/{id}/data", Name = "Record", MimeType = "application/json"), Description("A record by its id.")]
    public static TextResourceContents Record(string id) => new()
    {
        Uri = $"test://template/{id}/data",
        MimeType = "application/json",
        Text = JsonSerializer.Serialize(new ResourceRecord(id, true, $"Data for ID: {id}"), ResourceJson.Default.ResourceRecord),
    };

    [McpServerResource(UriTemplate = "test://watched-resource", Name = "Watched", MimeType = "text/plain"), Description("A resource to subscribe to.")]
    public static string Watched() => "Nothing has changed.";
}

/// <summary>What the template's resource holds.</summary>
internal sealed record ResourceRecord(string Id, bool TemplateTest, string Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ResourceRecord))]
internal sealed partial class ResourceJson : JsonSerializerContext;
