using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.HostileInput.Output;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>Who may call, and what a message may hold: the same procedure as in <see cref="PathCveTests"/>, over a pipe. What needs HTTP is tested where HTTP is.</summary>
public sealed class CallerCveTests
{
    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task CVE_2026_11719_scopes_of_one_protocol_version(string version)
    {
        // The check stood in the handler of one version
        static bool MayOnce(string version, bool hasScope) => version != "2025-11-25" || hasScope;
        Assert.True(MayOnce("2024-11-05", hasScope: false));

        await using var server = await StartAsync();
        await server.SendAsync("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}""");

        await RefusedAsync(server, "a_write", "write", Issuer.Token("read:files"));
        await AnswersAsync(server, "a_write", "written", Issuer.Token("write:files"));
    }

    [Fact]
    public async Task CVE_2026_77243_a_tool_that_is_not_listed_is_not_callable()
    {
        // Listed by permission, called by name alone
        string[] tools = ["a_read", "a_write"];
        Assert.DoesNotContain("a_write", tools.Where(static tool => tool == "a_read"));
        Assert.Contains("a_write", tools);

        await using var server = await StartAsync();
        var list = await server.SendAsync("tools/list", Meta(Issuer.Token("read:files")));

        Assert.DoesNotContain("a_write", list.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("a_read", list.GetRawText(), StringComparison.Ordinal);
        await RefusedAsync(server, "a_write", "write", Issuer.Token("read:files"));
        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));
    }

    [Fact]
    public async Task CVE_2026_49291_a_token_to_read_does_not_write()
    {
        // The endpoint asks for one scope and dispatches everything
        static bool MayEnter(string scope) => scope.Contains("read", StringComparison.Ordinal);
        Assert.True(MayEnter("read:files"));

        await using var server = await StartAsync();

        await RefusedAsync(server, "a_write", "write", Issuer.Token("read:files"));
        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));
    }

    [Fact]
    public async Task CVE_2026_10750_a_good_token_is_not_permission()
    {
        static bool MayCall(string? token) => token is not null;
        Assert.True(MayCall(Issuer.Token()));

        await using var server = await StartAsync();

        await RefusedAsync(server, "a_read", "read", Issuer.Token());
        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("Bearer anything")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")]
    public async Task CVE_2026_34953_any_bearer(string token)
    {
        static bool IsAuthenticated(string header) => header.StartsWith("Bearer ", StringComparison.Ordinal);
        Assert.True(IsAuthenticated("Bearer " + token));

        await using var server = await StartAsync();

        await RefusedAsync(server, "a_read", "read", token);
        await RefusedAsync(server, "a_read", "read", Issuer.UnsignedToken("read:files", "none"));
        await RefusedAsync(server, "a_read", "read", Issuer.Token("read:files", key: new TestTokens()));
        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));
    }

    [Theory]
    [InlineData("https://mcp.example")]
    [InlineData("https://other.example/files")]
    [InlineData("mcp-registry")]
    [InlineData(null)]
    public async Task CVE_2025_69196_a_token_for_another_server(string? audience)
    {
        // aud was the base address of all servers, or one word for all of them; or nothing looked at it (GHSA-w4fh-qvv9-3v23, CVE-2026-44428)
        static bool IsForUs(string? audience) => audience is null || "https://mcp.example/files".StartsWith(audience, StringComparison.Ordinal) || audience == "mcp-registry";
        Assert.True(IsForUs("https://mcp.example"));

        await using var server = await StartAsync();

        await RefusedAsync(server, "a_read", "read", Issuer.Token("read:files", change: claims => SetAudience(claims, audience)));
        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));

        static void SetAudience(JsonObject claims, string? audience)
        {
            claims.Remove("aud");
            if (audience is not null)
            {
                claims["aud"] = audience;
            }
        }
    }

    [Fact]
    public async Task McpServer_1_0_5_a_batch_around_the_check_and_the_record()
    {
        // A single message was checked; the elements of an array were dispatched as they came
        var batch = $$$"""[{"jsonrpc":"2.0","id":71,"method":"tools/call","params":{"name":"a_write","arguments":{},"_meta":{{{Meta(Issuer.Token("read:files"), inner: true)}}} } }]""";
        var dispatched = JsonElement.Parse(batch).EnumerateArray().Select(static m => m.GetProperty("params").GetProperty("name").GetString()).ToArray();
        Assert.Equal(["a_write"], dispatched);

        await using var server = await StartAsync();
        await server.SendLineAsync(batch);

        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));
        Assert.Equal(0, server.Effects.Count("write"));
    }

    [Fact]
    public async Task CVE_2026_25536_answers_of_two_callers_do_not_cross()
    {
        // One object for all of them holds what the last one said
        var shared = new Dictionary<string, string>();
        shared["answer"] = "of alice";
        shared["answer"] = "of bob";
        Assert.Equal("of bob", shared["answer"]);

        await using var server = await StartAsync();
        for (var i = 0; i < 200; i++)
        {
            var (one, other) = ($"one-{i}", $"other-{i}");
            Assert.Equal(one, PipeServer.Text(await server.CallAsync("a_echo", $$"""{"echo":"{{one}}"}""", Issuer.Token("read:files", subject: "alice"))));
            Assert.Equal(other, PipeServer.Text(await server.CallAsync("a_echo", $$"""{"echo":"{{other}}"}""", Issuer.Token("read:files", subject: "bob"))));
        }
    }

    [Theory]
    [InlineData("""{"PATH":"evil","path":"good"}""")]
    [InlineData("""{"path":"good","path":"evil"}""")]
    [InlineData("""{"path":"good","\u0070ath":"evil"}""")]
    [InlineData("""{"path":"good","\u017fize":2}""")]
    [InlineData("""{"path":"good","SIZE":2}""")]
    [InlineData("""{"PATH":"evil"}""")]
    public async Task CVE_2026_27896_a_name_in_another_case(string arguments)
    {
        // What stands in front reads one member, the server another
        var web = JsonSerializer.Deserialize<Seen>("""{"PATH":"evil"}""", JsonSerializerOptions.Web);
        Assert.Equal("evil", web!.Path);
        Assert.False(JsonElement.Parse("""{"PATH":"evil"}""").TryGetProperty("path", out _));

        await using var server = await StartAsync();
        var answer = await server.CallAsync("a_argument", arguments, Issuer.Token("read:files"));

        Assert.False(answer.TryGetProperty("result", out var result) && !result.TryGetProperty("isError", out _), answer.GetRawText());
        Assert.Empty(server.Effects.Seen);
        Assert.Equal("good", PipeServer.Text(await server.CallAsync("a_argument", """{"path":"good"}""", Issuer.Token("read:files"))));
    }

    [Fact]
    public async Task CVE_2026_0621_an_expression_that_backtracks()
    {
        var hostile = new string('a', 40) + "!";
        Assert.Throws<RegexMatchTimeoutException>(() => new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(200)).IsMatch(hostile));

        await using var server = await StartAsync();
        var watch = Stopwatch.StartNew();
        var refused = await server.CallAsync("a_pattern", $$"""{"text":"{{hostile}}"}""", Issuer.Token("read:files"));
        var commas = string.Join(',', Enumerable.Repeat("a,,,,", 2_000));
        await server.ReadAsync("cve://" + commas + "/" + commas + "!");

        Assert.True(refused.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.Equal(0, server.Effects.Count("pattern"));
        Assert.Equal("aaa", PipeServer.Text(await server.CallAsync("a_pattern", """{"text":"aaa"}""", Issuer.Token("read:files"))));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":91,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":92,"method":"tools/call","params":{"name":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":93,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{"name":"a_read"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":94,"method":5}""")]
    [InlineData("""{"jsonrpc":"2.0","id":95,"method":"tools/call","params":{"name":"a_argument","arguments":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":96""")]
    [InlineData("nonsense")]
    [InlineData("null")]
    public async Task CVE_2025_53365_a_malformed_message_does_not_end_the_server(string line)
    {
        // An exception in the reader's loop ends the loop (CVE-2025-53366 is the same for validation)
        Assert.ThrowsAny<Exception>(() => Dispatch(JsonElement.Parse(line)));

        await using var server = await StartAsync();
        await server.SendLineAsync(line);

        await AnswersAsync(server, "a_read", "read", Issuer.Token("read:files"));
        Assert.Equal(["read"], server.Effects.Seen);

        static int Dispatch(JsonElement message) =>
            message.GetProperty("id").GetInt32() + message.GetProperty("params").GetProperty("name").GetString()!.Length +
            message.GetProperty("params").GetProperty("arguments").EnumerateObject().Count();
    }

    [Theory]
    [InlineData("name; DROP TABLE t")]
    [InlineData("(SELECT password FROM users)")]
    [InlineData("name--")]
    public async Task CVE_2026_33980_a_name_inside_a_query(string column)
    {
        var query = $"SELECT {column} FROM files";
        Assert.Contains(column, query, StringComparison.Ordinal);

        await using var server = await StartAsync();
        var refused = await server.CallAsync("a_column", JsonSerializer.Serialize(new { column }), Issuer.Token("read:files"));

        Assert.True(refused.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal(0, server.Effects.Count("column"));
        Assert.Equal("name", PipeServer.Text(await server.CallAsync("a_column", """{"column":"name"}""", Issuer.Token("read:files"))));
    }

    [Fact]
    public async Task CVE_2025_70040_a_secret_in_the_record()
    {
        const string password = "hunter2-hunter2";
        var log = $"call a_login with {{\"password\":\"{password}\"}}";
        Assert.Contains(password, log, StringComparison.Ordinal);

        await using var server = await StartAsync();
        var token = Issuer.Token("read:files");
        await server.CallAsync("a_login", $$"""{"password":"{{password}}"}""", token);
        await server.CallAsync("a_login", """{"password":["hunter2-hunter2"]}""", token);

        Assert.DoesNotContain("hunter2", string.Join('\n', server.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", server.AuditText, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[2], server.AuditText, StringComparison.Ordinal);
        Assert.Contains("a_login", server.AuditText, StringComparison.Ordinal);
    }

    private static Task<PipeServer> StartAsync() => PipeServer.StartAsync(static b => b.WithTools<CallerCveTools>().WithResources<CallerCveTools>());

    private static async Task RefusedAsync(PipeServer server, string tool, string effect, string token)
    {
        var records = Records(server);
        var answer = await server.CallAsync(tool, "{}", token);

        Assert.True(answer.TryGetProperty("error", out _), answer.GetRawText());
        Assert.Equal(0, server.Effects.Count(effect));
        Assert.Equal(records + 1, Records(server));
    }

    private static int Records(PipeServer server) => server.AuditText.Split('\n').Count(static line => line.Contains("\"method\"", StringComparison.Ordinal));

    private static async Task AnswersAsync(PipeServer server, string tool, string expected, string token) =>
        Assert.Equal(expected, PipeServer.Text(await server.CallAsync(tool, "{}", token)));

    private static string Meta(string token, bool inner = false)
    {
        var meta = $$"""{"{{McpSecureGen.Identity.CallMetaCredential.MetaKey}}":"{{token}}"}""";
        return inner ? meta : $$"""{"_meta":{{meta}}}""";
    }

    private sealed record Seen(string Path);
}
