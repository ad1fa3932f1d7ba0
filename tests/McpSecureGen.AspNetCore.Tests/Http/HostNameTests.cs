using McpSecureGen.Http;

namespace McpSecureGen.AspNetCore.Tests.Http;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("localhost", "localhost", null)]
    [InlineData("LocalHost:80", "localhost", 80)]
    [InlineData("mcp.example:65535", "mcp.example", 65535)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("[2001:DB8::1]:8443", "2001:db8::1", 8443)]
    public void Host_with_or_without_port_is_read(string text, string host, int? port) => Assert.Equal(new HostName(host, port), HostName.TryParse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" localhost")]
    [InlineData("localhost ")]
    [InlineData("localhost.")]
    [InlineData(".localhost")]
    [InlineData("localhost:")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:+80")]
    [InlineData("localhost:080000")]
    [InlineData("localhost:80:80")]
    [InlineData("user@localhost")]
    [InlineData("localhost/path")]
    [InlineData("*")]
    [InlineData("*.example")]
    [InlineData("ex\u00e4mple")]
    [InlineData("l\u212aocalhost")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[]")]
    [InlineData("[::1]x")]
    [InlineData("[::1%25eth0]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("localhost, evil.example")]
    public void Anything_else_is_none(string? text) => Assert.Null(HostName.TryParse(text));
}
