using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation.Output;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Invocation;

/// <summary>
/// Results with everything cleaned that a person or a model would read. What is clean passes as the same object; otherwise a copy leaves, because the
/// author may hold on to the original and give it to others. Binary contents are not text and stay.
/// </summary>
internal static class Outgoing
{
    internal static CallToolResult Of(CallToolResult result, in OutputScrub scrub)
    {
        var content = Blocks(result.Content, scrub);
        var structured = Json(result.StructuredContent, scrub, out var isSame);
        var meta = Meta(result.Meta, scrub);
        return ReferenceEquals(content, result.Content) && isSame && ReferenceEquals(meta, result.Meta)
            ? result
            : new CallToolResult { Content = content, StructuredContent = structured, IsError = result.IsError, Meta = meta, ResultType = result.ResultType };
    }

    internal static GetPromptResult Of(GetPromptResult result, in OutputScrub scrub)
    {
        var description = Text(result.Description, scrub);
        var meta = Meta(result.Meta, scrub);
        var messages = result.Messages;
        for (var at = 0; at < messages.Count; at++)
        {
            var message = messages[at];
            var content = Block(message.Content, scrub);
            if (!ReferenceEquals(content, message.Content))
            {
                messages = ReferenceEquals(messages, result.Messages) ? [.. messages] : messages;
                messages[at] = new PromptMessage { Role = message.Role, Content = content };
            }
        }

        return ReferenceEquals(description, result.Description) && ReferenceEquals(meta, result.Meta) && ReferenceEquals(messages, result.Messages)
            ? result
            : new GetPromptResult { Description = description, Messages = messages, Meta = meta, ResultType = result.ResultType };
    }

    internal static ReadResourceResult Of(ReadResourceResult result, in OutputScrub scrub)
    {
        var meta = Meta(result.Meta, scrub);
        var contents = result.Contents;
        for (var at = 0; at < contents.Count; at++)
        {
            var resource = Resource(contents[at], scrub);
            if (!ReferenceEquals(resource, contents[at]))
            {
                contents = ReferenceEquals(contents, result.Contents) ? [.. contents] : contents;
                contents[at] = resource;
            }
        }

        return ReferenceEquals(meta, result.Meta) && ReferenceEquals(contents, result.Contents)
            ? result
            : new ReadResourceResult
            {
                Contents = contents,
                Meta = meta,
                ResultType = result.ResultType,
                TimeToLive = result.TimeToLive,
                CacheScope = result.CacheScope,
            };
    }

    private static IList<ContentBlock> Blocks(IList<ContentBlock> blocks, in OutputScrub scrub)
    {
        var result = blocks;
        for (var at = 0; at < blocks.Count; at++)
        {
            var block = Block(blocks[at], scrub);
            if (!ReferenceEquals(block, blocks[at]))
            {
                result = ReferenceEquals(result, blocks) ? [.. blocks] : result;
                result[at] = block;
            }
        }

        return result;
    }

    private static ContentBlock Block(ContentBlock block, in OutputScrub scrub)
    {
        var meta = Meta(block.Meta, scrub);
        var isSame = ReferenceEquals(meta, block.Meta);
        switch (block)
        {
            case TextContentBlock text:
                var words = scrub.TextOrJson(text.Text);
                return isSame && ReferenceEquals(words, text.Text) ? text : new TextContentBlock { Text = words, Annotations = text.Annotations, Meta = meta };
            case ImageContentBlock image:
                var imageType = scrub.Text(image.MimeType);
                return isSame && ReferenceEquals(imageType, image.MimeType)
                    ? image
                    : new ImageContentBlock { Data = image.Data, MimeType = imageType, Annotations = image.Annotations, Meta = meta };
            case AudioContentBlock audio:
                var audioType = scrub.Text(audio.MimeType);
                return isSame && ReferenceEquals(audioType, audio.MimeType)
                    ? audio
                    : new AudioContentBlock { Data = audio.Data, MimeType = audioType, Annotations = audio.Annotations, Meta = meta };
            case EmbeddedResourceBlock embedded:
                var resource = Resource(embedded.Resource, scrub);
                return isSame && ReferenceEquals(resource, embedded.Resource)
                    ? embedded
                    : new EmbeddedResourceBlock { Resource = resource, Annotations = embedded.Annotations, Meta = meta };
            default:
                // Links, and kinds that later versions of the protocol may add: whatever they hold leaves as JSON.
                var type = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ContentBlock));
                var json = JsonSerializer.SerializeToElement(block, type);
                var cleaned = JsonScrub.Clean(json, scrub);
                return IsSame(json, cleaned) ? block : (ContentBlock)cleaned.Deserialize(type)!;
        }
    }

    private static ResourceContents Resource(ResourceContents resource, in OutputScrub scrub)
    {
        var (uri, mimeType, meta) = (scrub.Uri(resource.Uri), Text(resource.MimeType, scrub), Meta(resource.Meta, scrub));
        var isSame = ReferenceEquals(uri, resource.Uri) && ReferenceEquals(mimeType, resource.MimeType) && ReferenceEquals(meta, resource.Meta);
        switch (resource)
        {
            case TextResourceContents text:
                var words = scrub.TextOrJson(text.Text);
                return isSame && ReferenceEquals(words, text.Text) ? text : new TextResourceContents { Uri = uri, MimeType = mimeType, Meta = meta, Text = words };
            case BlobResourceContents blob:
                return isSame ? blob : new BlobResourceContents { Uri = uri, MimeType = mimeType, Meta = meta, Blob = blob.Blob };
            default:
                throw new NotSupportedException("Resource contents of an unknown kind.");
        }
    }

    private static string? Text(string? text, in OutputScrub scrub) => text is null ? null : scrub.Text(text);

    private static JsonObject? Meta(JsonObject? meta, in OutputScrub scrub) => meta is { Count: > 0 } ? JsonScrub.Clean(meta, scrub) : meta;

    private static JsonElement? Json(JsonElement? json, in OutputScrub scrub, out bool isSame)
    {
        isSame = true;
        if (json is not { ValueKind: not JsonValueKind.Undefined } present)
        {
            return json;
        }

        var cleaned = JsonScrub.Clean(present, scrub);
        isSame = IsSame(present, cleaned);
        return cleaned;
    }

    private static bool IsSame(JsonElement one, JsonElement other) =>
        System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(one) == System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(other);
}
