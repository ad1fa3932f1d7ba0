using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Tests.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>Requests that say one thing to what stands in front of the guard and another to what stands behind it.</summary>
public sealed class AroundTheGuardTests
{
    private const string OtherCase = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"NAME":"read_note","arguments":{"name":"a"}}}""";
    private static readonly string Call = HttpMessages.Call("read_note");

    private static string Good => $"Bearer {Issuer.Token("read:files")}";

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("post")]
    [InlineData("BREW")]
    public async Task Method_changed_after_routing_leads_no_message_around_the_envelope(string method)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), pipeline: static app => app.UseHttpMethodOverride());
        Action<HttpRequestMessage> change = request => request.Headers.Add("X-HTTP-Method-Override", method);

        var bad = await server.SendAsync(OtherCase, Good, change: change);
        Assert.Equal((400, "invalid_envelope"), (bad.Status, bad.Reason));
        Assert.Equal(403, (await server.SendAsync(HttpMessages.Call("write_note"), Good, change: change)).Status);
        Assert.Equal(401, (await server.SendAsync(Call, change: change)).Status);
        Assert.Empty(server.Effects.Seen);

        Assert.Equal(200, (await server.SendAsync(Call, Good, change: change)).Status);
        Assert.Equal(200, (await server.SendAsync(Call, Good)).Status);
        Assert.Equal(2, server.Effects.Count("read"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    [InlineData("x")]
    public async Task Coding_that_nothing_undoes_is_refused(string coding)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());

        var answer = await server.SendAsync(Call, Good, change: request => request.Content!.Headers.ContentEncoding.Add(coding));

        Assert.Equal((415, "content_type"), (answer.Status, answer.Reason));
        Assert.Equal(["http/post content_type Coding"], server.Refusals);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await server.SendAsync(Call, Good)).Status);
    }

    [Fact]
    public async Task Message_is_checked_as_it_is_after_decompression()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            services: static services => services.AddRequestDecompression(),
            pipeline: static app => app.UseRequestDecompression());
        async Task<(int, string?)> SendAsync(string text)
        {
            var answer = await server.SendAsync(Zipped(text), Good, change: static request => request.Content!.Headers.ContentEncoding.Add("gzip"));
            return (answer.Status, answer.Status == 200 ? null : answer.Reason);
        }

        Assert.Equal((400, "invalid_envelope"), await SendAsync(OtherCase));
        Assert.Equal((413, "body_too_large"), await SendAsync(Call.Replace("\"a\"", $"\"{new string('x', 6_000_000)}\"", StringComparison.Ordinal)));
        Assert.Equal(403, (await SendAsync(HttpMessages.Call("write_note"))).Item1);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal((200, null), await SendAsync(Call));
    }

    private static byte[] Zipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    public static TheoryData<string, string, bool> Requests => new()
    {
        // Head, body, and whether the tool may run with a good token. {T} is the Authorization header or nothing.
        { "HEAD /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "PUT /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "post /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "GET /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp/ HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST /MCP HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST /%6dcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST //mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "POST /x/../mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST http://localhost/mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST http://evil.example/mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.0\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "chunked", true },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n", "chunked", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: 3\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: 9999\r\n", "short", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json; charset=utf-16\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "utf-16", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "bom", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\n{T}{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "twice", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic eDp5\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "twice", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", false },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: GET\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
        { "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n{T}Content-Type: application/json\r\nContent-Length: {N}\r\n", "", true },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Raw_request_runs_the_tool_with_a_good_token_and_in_a_good_form_alone(string head, string body, bool mayRun)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());

        foreach (var authorization in (string[])["", $"Authorization: Bearer {Issuer.Token("write:files")}\r\n", "Authorization: Bearer x\r\n"])
        {
            await ExchangeAsync(server, head, body, authorization);
            Assert.Empty(server.Effects.Seen);
        }

        var answer = await ExchangeAsync(server, head, body, $"authorization: bEARER {Issuer.Token("read:files")}\r\n");
        Assert.True(server.Effects.Count("read") == (mayRun ? 1 : 0), answer);
        Assert.DoesNotContain(" 500 ", answer.Split('\n')[0], StringComparison.Ordinal);
    }

    private static async Task<string> ExchangeAsync(HttpTestServer server, string head, string form, string authorization)
    {
        byte[] body = form switch
        {
            "utf-16" => Encoding.Unicode.GetBytes(Call),
            "bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Call)],
            "chunked" => Encoding.UTF8.GetBytes($"{Call.Length:x}\r\n{Call}\r\n0\r\n\r\n"),
            _ => Encoding.UTF8.GetBytes(Call),
        };
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", server.Endpoint.Port);
        var text = head.Replace("{T}", authorization, StringComparison.Ordinal)
            .Replace("{N}", body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("localhost", $"localhost:{server.Endpoint.Port}", StringComparison.Ordinal);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text + "Accept: application/json, text/event-stream\r\nConnection: close\r\n\r\n"));
        await socket.SendAsync(body);
        using var reader = new StreamReader(new NetworkStream(socket));
        if (form == "short")
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "reset";
        }
    }

    public static TheoryData<string> OddMessages =>
    [
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","arguments":[]}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","arguments":"x"}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","_meta":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","_meta":[]}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","_meta":null,"arguments":{"name":1}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","_meta":{"io.modelcontextprotocol/protocolVersion":{}}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","_meta":{"io.modelcontextprotocol/clientInfo":3}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","_meta":{"progressToken":{}}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","task":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","inputResponses":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_note","requestState":{}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"initialize","params":null}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":{}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":{"type":"x"},"argument":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"logging/setLevel","params":{"level":"\u0000"}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tasks/get","params":{"taskId":5}}""",
        """{"jsonrpc":"2.0","id":7,"method":"","params":{}}""",
        """{"jsonrpc":"2.0","id":"","method":"no/such"}""",
        """{"jsonrpc":"2.0","id":-9223372036854775808,"method":"no/such"}""",
        """{"jsonrpc":"2.0","id":9223372036854775808,"method":"no/such"}""",
        """{"jsonrpc":"2.0","id":1e0,"method":"no/such"}""",
        """{"jsonrpc":"2.0","id":-0,"method":"no/such"}""",
        """{"jsonrpc":"2.0","id":1.0,"method":"no/such"}""",
    ];

    [Theory]
    [MemberData(nameof(OddMessages))]
    public async Task Odd_message_is_answered_and_on_the_record(string message)
    {
        foreach (var version in (string[])["2025-06-18", "2026-07-28"])
        {
            await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());

            var name = message.Contains("\"name\":\"read_note\"", StringComparison.Ordinal) ? "read_note" : null;
            var method = message.Split("\"method\":\"")[1].Split('"')[0];
            var answer = await server.SendAsync(
                version == "2026-07-28" ? message.Replace("\"params\":{", "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}},", StringComparison.Ordinal) : message,
                Good, version, HttpMessages.Headers(version, method, name));

            Assert.True(answer.Status < 500, $"{version} {answer.Status} {answer.Body}");
            Assert.True(answer.ErrorCode is null || server.Audit.Any(static record => record.TryGetProperty("decision", out _)), $"{version} {answer.Status} {answer.Body}");
        }
    }
}
