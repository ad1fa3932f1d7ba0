using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Tests.Invocation;

/// <summary>Everything a client would have to read counts, wherever in a result it stands.</summary>
public sealed class OutputSizeTests
{
    private const int Length = 10_000;
    private static readonly string Long = new('a', Length);

    public static TheoryData<string, CallToolResult> Results() => new()
    {
        { "text", Of(new TextContentBlock { Text = Long }) },
        { "two texts", Of(new TextContentBlock { Text = Long[..5000] }, new TextContentBlock { Text = Long[..5000] }) },
        { "image", Of(new ImageContentBlock { Data = Bytes(), MimeType = "image/png" }) },
        { "audio", Of(new AudioContentBlock { Data = Bytes(), MimeType = "audio/wav" }) },
        { "embedded text", Of(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = "a:b", Text = Long } }) },
        { "embedded blob", Of(new EmbeddedResourceBlock { Resource = new BlobResourceContents { Uri = "a:b", Blob = Bytes() } }) },
        { "embedded uri", Of(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = Long, Text = "" } }) },
        { "embedded meta", Of(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = "a:b", Text = "", Meta = Meta() } }) },
        { "link uri", Of(new ResourceLinkBlock { Uri = Long, Name = "n" }) },
        { "link description", Of(new ResourceLinkBlock { Uri = "a:b", Name = "n", Description = Long }) },
        { "meta of a block", Of(new TextContentBlock { Text = "", Meta = Meta() }) },
        { "meta of the result", new CallToolResult { Content = [], Meta = Meta() } },
        { "structured", new CallToolResult { Content = [], StructuredContent = JsonSerializer.SerializeToElement(new { a = new[] { Long } }) } },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Given_a_long_part_of_a_tools_result_then_it_counts(string where, CallToolResult result) =>
        Assert.True(OutputSize.Of(result) is >= Length and < Length + 200, where);

    [Fact]
    public void Given_prompts_and_resources_then_every_part_counts()
    {
        var messages = Enumerable.Repeat(new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = "0123456789" } }, 1000).ToList();

        Assert.Equal(Length, OutputSize.Of(new GetPromptResult { Messages = messages }));
        Assert.Equal(Length, OutputSize.Of(new GetPromptResult { Description = Long, Messages = [] }));
        Assert.Equal(Length + 3, OutputSize.Of(new ReadResourceResult { Contents = [new TextResourceContents { Uri = "a:b", Text = Long }] }));
        Assert.Equal(Length + 3, OutputSize.Of(new ReadResourceResult { Contents = [new BlobResourceContents { Uri = "a:b", Blob = Bytes() }] }));
        Assert.True(OutputSize.Of(new ReadResourceResult { Contents = [], Meta = Meta() }) >= Length);
    }

    [Fact]
    public void Given_text_beyond_ascii_then_characters_count_and_not_bytes()
    {
        Assert.Equal(5, OutputSize.Of(Of(new TextContentBlock { Text = "größe" })));
        Assert.Equal(7, OutputSize.Of(new CallToolResult { Content = [], StructuredContent = JsonElement.Parse("\"größe\"") }));
    }

    private static CallToolResult Of(params ContentBlock[] blocks) => new() { Content = [.. blocks] };

    private static byte[] Bytes() => System.Text.Encoding.ASCII.GetBytes(Long);

    private static JsonObject Meta() => new() { ["x"] = Long };
}
