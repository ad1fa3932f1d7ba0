using System.Net.Sockets;
using System.Text;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>A web page cannot reach the server through its visitor's browser, by its own name or by one it was given (DNS rebinding).</summary>
public sealed class HostAndOriginTests
{
    private static Task<HttpTestServer> StartAsync(Action<Dictionary<string, string?>>? settings = null) =>
        HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), settings: settings);

    /// <summary>Writes the request by hand: no client sends some of these.</summary>
    private static async Task<int> StatusAsync(HttpTestServer server, string hostLines, string target = "/mcp", string version = "HTTP/1.1", string more = "")
    {
        var call = HttpMessages.Call("read_note");
        using var socket = new TcpClient(server.Endpoint.Host, server.Endpoint.Port);
        await using var stream = socket.GetStream();
        var lines = hostLines.Replace("{port}", $"{server.Endpoint.Port}", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {target.Replace("{port}", $"{server.Endpoint.Port}", StringComparison.Ordinal)} {version}\r\n{lines}Connection: close\r\n{more}" +
            "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" +
            $"Authorization: Bearer {Issuer.Token("read:files")}\r\nContent-Length: {call.Length}\r\n\r\n{call}"));
        using var reader = new StreamReader(stream);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], null);
    }

    [Theory]
    [InlineData("Host: evil.example\r\n")]
    [InlineData("Host: evil.example:{port}\r\n")]
    [InlineData("Host: localhost.\r\n")]
    [InlineData("Host: localhost.evil.example\r\n")]
    [InlineData("Host: [::ffff:127.0.0.1]:{port}\r\n")]
    [InlineData("Host: 0.0.0.0:{port}\r\n")]
    [InlineData("Host: 127.0.0.2:{port}\r\n")]
    [InlineData("Host: user@localhost\r\n")]
    [InlineData("Host: localhost:{port}:{port}\r\n")]
    [InlineData("Host: localhost:0\r\n")]
    [InlineData("Host:\r\n")]
    [InlineData("")]
    [InlineData("Host: localhost\r\nHost: evil.example\r\n")]
    [InlineData("Host: evil.example\r\nHost: localhost\r\n")]
    [InlineData("Host: localhost, evil.example\r\n")]
    public async Task Other_hosts_are_refused(string lines)
    {
        await using var server = await StartAsync();

        Assert.InRange(await StatusAsync(server, lines), 400, 403);
        Assert.InRange(await StatusAsync(server, lines, version: "HTTP/1.0"), 400, 403);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, await StatusAsync(server, "Host: localhost:{port}\r\n"));
    }

    [Theory]
    [InlineData("localhost:{port}")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("mcp.example")]
    [InlineData("mcp.example:443")]
    [InlineData("files.internal")]
    [InlineData("pinned.internal:8443")]
    public async Task Own_names_pass(string host)
    {
        await using var server = await StartAsync(static s =>
        {
            s["McpSecurity:Http:AllowedHosts:0"] = "files.internal";
            s["McpSecurity:Http:AllowedHosts:1"] = "pinned.internal:8443";
        });

        Assert.Equal(200, await StatusAsync(server, $"Host: {host}\r\n"));
        Assert.Equal(403, await StatusAsync(server, "Host: pinned.internal:8444\r\n"));
        Assert.Equal(["http/post forbidden_host"], server.Refusals);
    }

    [Fact]
    public async Task Target_that_names_another_host_than_the_header_is_refused()
    {
        await using var server = await StartAsync();

        Assert.InRange(await StatusAsync(server, "Host: localhost:{port}\r\n", "http://evil.example/mcp"), 400, 403);
        Assert.InRange(await StatusAsync(server, "Host: evil.example\r\n", "http://evil.example/mcp"), 400, 403);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, await StatusAsync(server, "Host: localhost:{port}\r\n", "http://localhost:{port}/mcp"));
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("http://app.example")]
    [InlineData("https://APP.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example https://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    public async Task Other_origins_are_refused(string origin)
    {
        await using var server = await StartAsync(static s => s["McpSecurity:Http:AllowedOrigins:0"] = "https://app.example");

        Assert.Equal(403, await StatusAsync(server, "Host: localhost:{port}\r\n", more: $"Origin: {origin}\r\n"));
        Assert.Equal(403, await StatusAsync(server, "Host: localhost:{port}\r\n", more: $"Origin: https://app.example\r\nOrigin: {origin}\r\n"));
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(["http/post forbidden_origin", "http/post forbidden_origin"], server.Refusals);
        Assert.Equal(200, await StatusAsync(server, "Host: localhost:{port}\r\n", more: "Origin: https://app.example\r\n"));
    }

    [Fact]
    public async Task Pages_of_the_audience_and_of_this_machine_under_the_called_port_pass()
    {
        await using var server = await StartAsync();
        foreach (var origin in (string[])["https://mcp.example", "http://localhost:{port}", "https://localhost:{port}", "http://127.0.0.1:{port}", "http://[::1]:{port}"])
        {
            var named = origin.Replace("{port}", $"{server.Endpoint.Port}", StringComparison.Ordinal);
            Assert.Equal(200, await StatusAsync(server, "Host: localhost:{port}\r\n", more: $"Origin: {named}\r\n"));
        }

        Assert.Equal(403, await StatusAsync(server, "Host: mcp.example\r\n", more: $"Origin: http://localhost:{server.Endpoint.Port}\r\n"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://files.internal:0")]
    public async Task Server_that_listens_to_the_network_does_not_start_unless_it_was_told_to(string url)
    {
        var refusal = await Assert.ThrowsAsync<McpSecurityConfigurationException>(() => HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), url: url));
        Assert.Contains("McpSecurity:Http:AllowPublicBinding", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_was_told_to_listens_to_the_network()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(), settings: static s => s["McpSecurity:Http:AllowPublicBinding"] = "true", url: "http://0.0.0.0:0");

        Assert.Equal(200, (await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {Issuer.Token("read:files")}")).Status);
    }

    [Theory]
    [InlineData("AllowedHosts:0", "*")]
    [InlineData("AllowedHosts:0", "https://mcp.example")]
    [InlineData("AllowedHosts:0", "*.example")]
    [InlineData("AllowedOrigins:0", "*")]
    [InlineData("AllowedOrigins:0", "null")]
    [InlineData("AllowedOrigins:0", "https://app.example/")]
    [InlineData("AllowedOrigins:0", "https://App.example")]
    [InlineData("MaxBodyBytes", "0")]
    [InlineData("MaxBodyBytes", "1000000000")]
    [InlineData("ResourceMetadata", "/relative")]
    public async Task Setting_that_cannot_be_used_stops_the_start_and_is_named(string setting, string value)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(s => s[$"McpSecurity:Http:{setting}"] = value));
        Assert.Contains($"McpSecurity:Http:{setting.Split(':')[0]}", refusal.Message, StringComparison.Ordinal);
    }
}
