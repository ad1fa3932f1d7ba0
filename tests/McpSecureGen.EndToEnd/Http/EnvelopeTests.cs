using System.Text;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>A message on which two readers could disagree reaches no tool, on any protocol version, and leaves one record.</summary>
public sealed class EnvelopeTests
{
    private static Task<HttpTestServer> StartAsync() => HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());

    private static readonly string Nested = new string('[', 200) + new string(']', 200);

    public static TheoryData<string, int, string> Doubtful => new()
    {
        { """{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Duplicate" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ping","name":"read_note","arguments":{"name":"a"}}}""", -32600, "Duplicate" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ping","n\u0061me":"read_note","arguments":{"name":"a"}}}""", -32600, "Duplicate" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ping","NAME":"read_note","arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"NAME":"read_note","arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","Arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","Params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","_META":{},"arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","x":1,"X":2,"arguments":{"name":"a"}}}""", -32600, "Case" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a","name":"b"}}}""", -32600, "Duplicate" },
        { """[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}]""", -32600, "Batch" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"\ud800"}}}""", -32602, "Text" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a","\udc00":1}}}""", -32602, "Text" },
        { """{"jsonrpc":"1.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Version" },
        { """{"id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Version" },
        { """{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Id" },
        { """{"jsonrpc":"2.0","id":1.5,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Id" },
        { """{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Id" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","result":{},"params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Method" },
        { """{"jsonrpc":"2.0","id":1,"method":1,"params":{"name":"read_note","arguments":{"name":"a"}}}""", -32600, "Method" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["read_note"]}""", -32602, "Params" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":1,"arguments":{"name":"a"}}}""", -32602, "Params" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call"}""", -32602, "Params" },
        { """{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}""", -32600, "Kind" },
        { """{"jsonrpc":"2.0","id":1}""", -32600, "Kind" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}} x""", -32700, "Json" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"},}}""", -32700, "Json" },
        { """{"jsonrpc":"2.0","id":1,/**/"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""", -32700, "Json" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":NaN}}}""", -32700, "Json" },
        { "", -32700, "Json" },
        { "null", -32600, "Batch" },
        { $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":{{{Nested}}} } } }""", -32600, "Depth" },
    };

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task Doubtful_message_runs_nothing_and_leaves_one_record(string body, int code, string rule)
    {
        await using var server = await StartAsync();
        var token = $"Bearer {Issuer.Token("read:files write:files")}";
        foreach (var version in (string?[])[null, "2025-06-18", "2026-07-28", "garbage"])
        {
            var records = server.Audit.Count;
            var answer = await server.SendAsync(body, token, version, HttpMessages.Headers(version, "tools/call", "read_note"));

            Assert.Equal((400, (int?)code, "invalid_envelope"), (answer.Status, answer.ErrorCode, answer.Reason));
            Assert.Equal(records + 1, server.Audit.Count);
            Assert.Equal(("invalid_envelope", rule), (server.Audit[^1].GetProperty("reason").GetString(), server.Audit[^1].GetProperty("rule").GetString()));
        }

        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await server.SendAsync(HttpMessages.Call("read_note"), token)).Status);
        Assert.Equal(1, server.Effects.Count("read"));
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    public async Task Text_that_is_not_plain_utf8_is_refused(byte[] stray)
    {
        await using var server = await StartAsync();
        var token = $"Bearer {Issuer.Token("read:files")}";
        var good = Encoding.UTF8.GetBytes(HttpMessages.Call("read_note"));

        Assert.Equal(400, (await server.SendAsync((byte[])[.. stray, .. good], token)).Status);
        Assert.Equal(400, (await server.SendAsync((byte[])[.. good, .. stray], token)).Status);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await server.SendAsync(good, token)).Status);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"text","method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"}}}""")]
    [InlineData("""{"params":{"arguments":{"name":"\ud83d\ude00"},"name":"read_note","_meta":{"Name":1,"progressToken":"x"}},"method":"tools/call","id":1,"jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"name":"a"},"later":{"Name":1,"URI":2}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools\/call","params":{"name":"re\u0061d_note","arguments":{"name":"a"}}}""")]
    public async Task Sound_message_passes(string body)
    {
        await using var server = await StartAsync();

        var answer = await server.SendAsync(body, $"Bearer {Issuer.Token("read:files")}");

        Assert.Equal((200, null), (answer.Status, answer.ErrorCode));
        Assert.Equal(1, server.Effects.Count("read"));
    }

    [Theory]
    [InlineData("Mcp-Method", "ping", null)]
    [InlineData("Mcp-Method", "Tools/Call", null)]
    [InlineData("Mcp-Name", "ping", null)]
    [InlineData("Mcp-Name", "READ_NOTE", null)]
    [InlineData("Mcp-Name", "=?base64?cGluZw==?=", null)]
    [InlineData("Mcp-Name", "=?base64?!?=", null)]
    [InlineData("Mcp-Name", "=?BASE64?cmVhZF9ub3Rl?=", null)]
    [InlineData("Mcp-Name", "", null)]
    [InlineData("Mcp-Name", "read_note", "ping")]
    [InlineData("Mcp-Method", "tools/call", "ping")]
    public async Task Header_that_says_other_than_the_body_is_refused_on_every_version(string header, string value, string? second)
    {
        await using var server = await StartAsync();
        var token = $"Bearer {Issuer.Token("read:files write:files")}";
        foreach (var version in HttpMessages.Versions)
        {
            var answer = await server.SendAsync(HttpMessages.Call("read_note", version), token, version, request =>
            {
                HttpMessages.Headers(version, "tools/call", "read_note")(request);
                request.Headers.Remove(header);
                request.Headers.TryAddWithoutValidation(header, value);
                if (second is not null)
                {
                    request.Headers.TryAddWithoutValidation(header, second);
                }
            });
            Assert.True((400, (int?)-32020) == (answer.Status, answer.ErrorCode), $"{version}: {answer.Status} {answer.Body}");
            Assert.Equal("header_mismatch", server.Audit[^1].GetProperty("reason").GetString());
        }

        Assert.Equal(HttpMessages.Versions.Count, server.Audit.Count);
        Assert.Empty(server.Effects.Seen);
        var good = await server.SendAsync(HttpMessages.Call("read_note"), token, change: static request =>
        {
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "=?base64?cmVhZF9ub3Rl?=");
        });
        Assert.Equal(200, good.Status);
    }

    [Fact]
    public async Task Message_longer_than_the_bound_is_refused_with_and_without_a_length()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), settings: static s => s["McpSecurity:Http:MaxBodyBytes"] = "2048");
        var token = $"Bearer {Issuer.Token("read:files")}";
        var call = HttpMessages.Call("read_note");

        foreach (var length in (int[])[2048, 2049])
        {
            foreach (var chunked in (bool[])[false, true])
            {
                var answer = await server.SendAsync(call.PadRight(length), token, change: request => request.Headers.TransferEncodingChunked = chunked);
                Assert.Equal(length == 2048 ? 200 : 413, answer.Status);
            }
        }

        Assert.Equal(2, server.Effects.Count("read"));
        Assert.All(server.Refusals, static refusal => Assert.Equal("http/post body_too_large", refusal));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-8; x=y")]
    [InlineData("application/json-rpc")]
    [InlineData("application/vnd.x+json")]
    [InlineData(null)]
    public async Task Other_content_types_are_refused_and_recorded(string? type)
    {
        await using var server = await StartAsync();
        var token = $"Bearer {Issuer.Token("read:files")}";

        var answer = await server.SendAsync(HttpMessages.Call("read_note"), token, change: request =>
        {
            request.Content!.Headers.Remove("Content-Type");
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        });

        Assert.Equal((415, "content_type"), (answer.Status, answer.Reason));
        Assert.Equal(["http/post content_type"], server.Refusals);
        Assert.Empty(server.Effects.Seen);
        var plain = await server.SendAsync(HttpMessages.Call("read_note"), token, change: static request =>
        {
            request.Content!.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=\"UTF-8\"");
        });
        Assert.Equal(200, plain.Status);
    }

    [Theory]
    [InlineData("?access_token=")]
    [InlineData("?ACCESS_TOKEN=")]
    [InlineData("?a=b&%61ccess_token=")]
    public async Task Token_in_the_query_is_refused_though_the_header_holds_a_good_one(string query)
    {
        var token = Issuer.Token("read:files");
        await using var server = await StartAsync();

        var answer = await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {token}", query: query + token);

        Assert.Equal((400, "token_in_query"), (answer.Status, answer.Reason));
        Assert.Equal(["http/post token_in_query"], server.Refusals);
        Assert.DoesNotContain(token, string.Join('\n', server.Audit), StringComparison.Ordinal);
        Assert.Empty(server.Effects.Seen);
    }
}
