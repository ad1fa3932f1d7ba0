using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Invocation;

/// <summary>How much a client would have to read, in UTF-16 characters.</summary>
internal static class OutputSize
{
    internal static long Of(CallToolResult result)
    {
        var size = Of(result.StructuredContent) + Of(result.Meta);
        foreach (var block in result.Content)
        {
            size += Of(block);
        }

        return size;
    }

    internal static long Of(GetPromptResult result)
    {
        var size = (result.Description?.Length ?? 0) + Of(result.Meta);
        foreach (var message in result.Messages)
        {
            size += Of(message.Content);
        }

        return size;
    }

    internal static long Of(ReadResourceResult result)
    {
        var size = Of(result.Meta);
        foreach (var contents in result.Contents)
        {
            size += Of(contents);
        }

        return size;
    }

    private static long Of(ContentBlock block) => Of(block.Meta) + block switch
    {
        TextContentBlock text => text.Text.Length,
        ImageContentBlock image => image.Data.Length,
        AudioContentBlock audio => audio.Data.Length,
        EmbeddedResourceBlock embedded => Of(embedded.Resource),

        // Links, and kinds that later versions of the protocol may add.
        _ => JsonSerializer.SerializeToUtf8Bytes(block, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ContentBlock))).Length,
    };

    private static long Of(ResourceContents contents) => Of(contents.Meta) + contents.Uri.Length + contents switch
    {
        TextResourceContents text => text.Text.Length,
        BlobResourceContents blob => blob.Blob.Length,
        _ => 0,
    };

    private static long Of(JsonElement? json) =>
        json is { ValueKind: not JsonValueKind.Undefined } present ? Encoding.UTF8.GetCharCount(JsonMarshal.GetRawUtf8Value(present)) : 0;

    private static long Of(JsonObject? meta) => meta is { Count: > 0 } ? meta.ToJsonString().Length : 0;
}
