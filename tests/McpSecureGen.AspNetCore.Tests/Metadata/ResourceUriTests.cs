using McpSecureGen.Metadata;

namespace McpSecureGen.AspNetCore.Tests.Metadata;

public sealed class ResourceUriTests
{
    /// <summary>RFC 9728, section 3.1.</summary>
    [Theory]
    [InlineData("https://mcp.example", "https://mcp.example/.well-known/oauth-protected-resource")]
    [InlineData("https://mcp.example/", "https://mcp.example/.well-known/oauth-protected-resource")]
    [InlineData("https://mcp.example/files", "https://mcp.example/.well-known/oauth-protected-resource/files")]
    [InlineData("https://mcp.example:8443/a/b?x=1", "https://mcp.example:8443/.well-known/oauth-protected-resource/a/b?x=1")]
    [InlineData("http://[::1]:5080/mcp", "http://[::1]:5080/.well-known/oauth-protected-resource/mcp")]
    public void Well_known_path_stands_before_that_of_the_resource(string resource, string metadata) =>
        Assert.Equal(metadata, ResourceUri.MetadataOf(ResourceUri.TryParse(resource)!));

    [Theory]
    [InlineData(null)]
    [InlineData("urn:example:files")]
    [InlineData("mcp.example")]
    [InlineData("/files")]
    [InlineData("ftp://mcp.example")]
    [InlineData("https://user@mcp.example")]
    [InlineData("https://mcp.example/#x")]
    public void Anything_else_is_no_url_of_a_server(string? text) => Assert.Null(ResourceUri.TryParse(text));
}
