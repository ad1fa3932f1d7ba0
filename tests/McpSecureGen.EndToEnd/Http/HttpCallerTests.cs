using System.Net.Sockets;
using System.Text;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>Over HTTP the header of the request that carries a call says who calls, and nothing else does.</summary>
public sealed class HttpCallerTests
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""";

    private static Task<HttpTestServer> StartAsync(HttpServerSessionMode mode, Action<Dictionary<string, string?>>? settings = null) =>
        HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), http => http.SessionMode = mode, settings: settings);

    private static async Task RefusedAsync(int status, HttpTestClient client, string tool = "read_note", System.Text.Json.Nodes.JsonObject? meta = null)
    {
        var refusal = await Assert.ThrowsAsync<HttpRefusedException>(async () => await client.CallAsync(tool, """{"name":"a"}""", meta));
        Assert.Equal((status, status == 401 ? RefusalCodes.Unauthenticated : RefusalCodes.InsufficientCapability), (refusal.Status, refusal.Code));
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Token_of_the_header_runs_the_tool_and_stands_in_the_record(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files", subject: "bob"), version);

        Assert.Equal(version, client.Client.NegotiatedProtocolVersion);
        Assert.Equal("note a", TestServer.Text(await client.CallAsync("read_note", """{"name":"a"}""")));

        Assert.Equal(["made", "read", "disposed"], server.Effects.Seen);
        var record = Assert.Single(server.Audit, static r => r.GetProperty("method").GetString() == "tools/call");
        Assert.Equal("Authorization", record.GetProperty("callerSource").GetString());
        Assert.Equal("bob", record.GetProperty("subject").GetString());
        Assert.Equal("succeeded", record.GetProperty("outcome").GetString());
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Without_a_header_nothing_runs_though_meta_holds_a_good_token(HttpServerSessionMode mode, string version)
    {
        var token = Issuer.Token("read:files");
        await using var server = await StartAsync(mode);
        await Assert.ThrowsAnyAsync<Exception>(() => server.ConnectAsync(null, version));
        await using var client = await server.ConnectAsync(token, version);

        client.Token = null;
        await RefusedAsync(401, client);
        await RefusedAsync(401, client, meta: TestServer.Meta(token));
        Assert.Equal(401, (await Assert.ThrowsAsync<HttpRefusedException>(client.ToolsAsync)).Status);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(["NoCredential", "NoCredential"], Refusals(server));

        client.Token = token;
        Assert.Equal("note a", TestServer.Text(await client.CallAsync("read_note", """{"name":"a"}""")));
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Token_that_is_not_accepted_runs_nothing(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        client.Token = "garbled";
        await RefusedAsync(401, client);
        client.Token = new TestTokens().Mint();
        await RefusedAsync(401, client, meta: TestServer.Meta(Issuer.Token("read:files")));
        Assert.Empty(server.Effects.Seen);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Meta_token_of_another_caller_changes_nothing(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);
        var stronger = TestServer.Meta(Issuer.Token("write:files", subject: "root"));

        await RefusedAsync(403, client, "write_note", stronger);
        Assert.Empty(server.Effects.Seen);

        client.Token = Issuer.Token("write:files");
        Assert.Equal("wrote a", TestServer.Text(await client.CallAsync("write_note", """{"name":"a"}""")));
    }

    [Theory]
    [InlineData(HttpServerSessionMode.Stateful)]
    [InlineData(HttpServerSessionMode.StatefulForInitializeClients)]
    public async Task Session_does_not_stand_for_the_caller_who_opened_it(HttpServerSessionMode mode)
    {
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files write:files"), "2025-06-18");
        Assert.NotNull(client.Client.SessionId);
        Assert.Equal("wrote a", TestServer.Text(await client.CallAsync("write_note", """{"name":"a"}""")));

        client.Token = Issuer.Token("read:files");
        await RefusedAsync(403, client, "write_note");
        client.Token = null;
        await RefusedAsync(401, client, "write_note");

        Assert.Equal(1, server.Effects.Count("written"));
        Assert.Equal(1, server.Effects.Count("made"));
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task List_shows_what_the_roles_of_the_caller_grant(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode, static settings => settings["McpSecurity:Roles:editor:0"] = "write:files");
        await using var client = await server.ConnectAsync(Issuer.Token(roles: ["reader"]), version);

        Assert.Equal(["ping", "read_note"], await client.ToolsAsync());
        client.Token = Issuer.Token(roles: ["editor"]);
        Assert.Equal(["ping", "write_note"], await client.ToolsAsync());
        client.Token = Issuer.Token(roles: ["reader", "editor"]);
        Assert.Equal(["ping", "read_note", "write_note"], await client.ToolsAsync());
        client.Token = Issuer.Token(roles: ["unknown"]);
        Assert.Equal(["ping"], await client.ToolsAsync());
        Assert.Empty(server.Effects.Seen);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Calls_at_the_same_time_keep_their_own_callers(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);
        var (reader, writer) = (Issuer.Token("read:files"), Issuer.Token("write:files"));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var tool = i % 2 == 0 ? "read_note" : "write_note";
            var (may, mayNot) = i % 2 == 0 ? (reader, writer) : (writer, reader);
            if (i % 4 < 2)
            {
                await client.CallAsAsync(may, tool, """{"name":"a"}""");
            }
            else
            {
                var refusal = await Assert.ThrowsAsync<HttpRefusedException>(() => client.CallAsAsync(mayNot, tool, """{"name":"a"}"""));
                Assert.Equal(RefusalCodes.InsufficientCapability, refusal.Code);
            }
        }));

        Assert.Equal((10, 10), (server.Effects.Count("read"), server.Effects.Count("written")));
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer")]
    [InlineData("Bearer {0} {0}")]
    [InlineData("Bearer {0}, Bearer {0}")]
    public async Task Other_forms_of_the_header_are_refused(string header)
    {
        var token = Issuer.Token("read:files");
        await using var server = await StartAsync(HttpServerSessionMode.Stateless);

        Assert.Contains("-32050", (await server.PostAsync(Call, string.Format(null, header, token))).Body, StringComparison.Ordinal);
        Assert.Empty(server.Effects.Seen);

        Assert.Contains("note a", (await server.PostAsync(Call, $"Bearer {token}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?token=")]
    [InlineData("?authorization=Bearer%20")]
    public async Task Token_in_the_query_is_ignored(string query)
    {
        var token = Issuer.Token("read:files");
        await using var server = await StartAsync(HttpServerSessionMode.Stateless);

        Assert.Contains("-32050", (await server.PostAsync(Call, query: query + token)).Body, StringComparison.Ordinal);
        Assert.Empty(server.Effects.Seen);

        Assert.Contains("note a", (await server.PostAsync(Call, $"Bearer {token}", query + "garbled")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "note a")]
    [InlineData(2, "-32050")]
    public async Task Header_sent_twice_is_refused(int times, string answer)
    {
        var header = string.Concat(Enumerable.Repeat($"Authorization: Bearer {Issuer.Token("read:files")}\r\n", times));
        await using var server = await StartAsync(HttpServerSessionMode.Stateless);
        using var socket = new TcpClient(server.Endpoint.Host, server.Endpoint.Port);
        await using var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {server.Endpoint.AbsolutePath} HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\nConnection: close\r\n" +
            "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-06-18\r\n" +
            $"{header}Content-Length: {Call.Length}\r\n\r\n{Call}"));
        using var reader = new StreamReader(stream);

        Assert.Contains(answer, await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(times == 1 ? 1 : 0, server.Effects.Count("read"));
    }

    private static IEnumerable<string?> Refusals(HttpTestServer server) => server.Audit
        .Where(static r => r.GetProperty("method").GetString() == "tools/call")
        .Select(static r => r.GetProperty("rule").GetString());
}
