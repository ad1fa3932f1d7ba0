using McpSecureGen.Hosting;

namespace McpSecureGen.AspNetCore.Tests.Hosting;

public sealed class PublicBindingCheckTests
{
    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("https://127.9.9.9", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://unix:/tmp/mcp.sock", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://192.168.1.2:5080", false)]
    [InlineData("http://localhost.example:5080", false)]
    [InlineData("http://mcp.example", false)]
    public void Address_is_this_machines_own_or_not(string address, bool isLoopback) => Assert.Equal(isLoopback, PublicBindingCheck.IsLoopback(address));
}
