using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Invocation;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Tests.Validation.Output;

/// <summary>A copy that leaves has everything that the original had, but for what was cleaned.</summary>
public sealed class OutgoingTests
{
    private const string Dirty = "a\u001bb";
    private const string Cleaned = "a<U+001B>b";

    [Fact]
    public void A_copy_has_every_property_of_its_original()
    {
        var annotations = new Annotations { Priority = 1 };
        ResourceContents text = new TextResourceContents { Uri = Dirty, MimeType = Dirty, Text = Dirty, Meta = new JsonObject { [Dirty] = Dirty } };
        ResourceContents blob = new BlobResourceContents { Uri = Dirty, MimeType = Dirty, Blob = "QQ=="u8.ToArray(), Meta = new JsonObject { [Dirty] = 1 } };
        var result = new CallToolResult
        {
            IsError = true,
            ResultType = "complete",
            Meta = new JsonObject { ["m"] = Dirty },
            StructuredContent = JsonElement.Parse("""{"s":"\u001b"}"""),
            Content =
            [
                new TextContentBlock { Text = Dirty, Annotations = annotations, Meta = new JsonObject { ["m"] = 1 } },
                new ImageContentBlock { Data = "QQ=="u8.ToArray(), MimeType = Dirty, Annotations = annotations, Meta = new JsonObject { ["m"] = Dirty } },
                new AudioContentBlock { Data = "QQ=="u8.ToArray(), MimeType = Dirty, Annotations = annotations, Meta = new JsonObject { ["m"] = Dirty } },
                new EmbeddedResourceBlock { Resource = text, Annotations = annotations, Meta = new JsonObject { ["m"] = Dirty } },
                new EmbeddedResourceBlock { Resource = blob, Annotations = annotations, Meta = new JsonObject { ["m"] = Dirty } },
                new ResourceLinkBlock { Uri = Dirty, Name = Dirty, Title = Dirty, Description = Dirty, MimeType = Dirty, Size = 5, Annotations = annotations, Icons = [new Icon { Source = Dirty }] },
            ],
        };

        Same(result, Outgoing.Of(result, Scrub()));
        var prompt = new GetPromptResult
        {
            Description = Dirty,
            ResultType = "complete",
            Meta = new JsonObject { ["m"] = Dirty },
            Messages = [new PromptMessage { Role = Role.Assistant, Content = result.Content[0] }],
        };
        Same(prompt, Outgoing.Of(prompt, Scrub()));
        var resource = new ReadResourceResult
        {
            ResultType = "complete",
            Meta = new JsonObject { ["m"] = Dirty },
            TimeToLive = TimeSpan.FromSeconds(3),
            CacheScope = CacheScope.Private,
            Contents = [text, blob],
        };
        Same(resource, Outgoing.Of(resource, Scrub()));
    }

    [Theory]
    [InlineData(typeof(CallToolResult), "Content IsError Meta ResultType StructuredContent")]
    [InlineData(typeof(GetPromptResult), "Description Messages Meta ResultType")]
    [InlineData(typeof(ReadResourceResult), "CacheScope Contents Meta ResultType TimeToLive")]
    [InlineData(typeof(PromptMessage), "Content Role")]
    [InlineData(typeof(TextContentBlock), "Annotations Meta Text")]
    [InlineData(typeof(ImageContentBlock), "Annotations Data DecodedData Meta MimeType")]
    [InlineData(typeof(AudioContentBlock), "Annotations Data DecodedData Meta MimeType")]
    [InlineData(typeof(EmbeddedResourceBlock), "Annotations Meta Resource")]
    [InlineData(typeof(TextResourceContents), "Meta MimeType Text Uri")]
    [InlineData(typeof(BlobResourceContents), "Blob DecodedData Meta MimeType Uri")]
    public void The_protocol_types_have_no_property_that_a_copy_would_lose(Type type, string properties) =>
        Assert.Equal(properties, string.Join(' ', type.GetProperties().Where(static p => p.Name != "Type").Select(static p => p.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void A_clean_result_is_the_same_object()
    {
        var result = new CallToolResult { Content = [new TextContentBlock { Text = "clean 日本" }], StructuredContent = JsonElement.Parse("""{"a":"日本"}""") };

        Assert.Same(result, Outgoing.Of(result, Scrub()));
    }

    /// <summary>As JSON the copy is the original with the dirty text replaced, in whatever order.</summary>
    private static void Same<T>(T original, T copy)
        where T : class
    {
        Assert.NotSame(original, copy);
        var options = ModelContextProtocol.McpJsonUtilities.DefaultOptions;
        var expected = JsonSerializer.Serialize(original, options.GetTypeInfo(typeof(T)))
            .Replace("\\u001B", "\\u003CU\\u002B001B\\u003E", StringComparison.OrdinalIgnoreCase);
        var actual = JsonSerializer.Serialize(copy, options.GetTypeInfo(typeof(T)));
        Assert.Contains("U\\u002B001B", actual, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
        Assert.Contains(Cleaned, Strings(JsonElement.Parse(actual)));
    }

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static member => Strings(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    private static OutputScrub Scrub() => new(OutputRules.Create(new OutputOptions(), null), null, null, null);
}
