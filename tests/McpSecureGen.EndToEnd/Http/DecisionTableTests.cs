using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>One decision and one record for each kind of token, whatever the transport and whatever protocol version the client names.</summary>
public sealed class DecisionTableTests
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>What stands in the header, and the expected status, reason and rule.</summary>
    private static IEnumerable<(string Name, string? Token, int Status, string? Reason, string? Rule)> Tokens()
    {
        const string Scope = "read:files";
        static string With(Action<JsonObject> change) => Issuer.Token(Scope, change: change);

        yield return ("none", null, 401, "unauthenticated", "NoCredential");
        yield return ("garbled", "garbled", 401, "unauthenticated", "Malformed");
        yield return ("expired", With(static c => (c["iat"], c["exp"]) = (Now - 600, Now - 400)), 401, "unauthenticated", "Expired");
        yield return ("future", With(static c => (c["iat"], c["exp"]) = (Now + 400, Now + 600)), 401, "unauthenticated", "NotYetValid");
        yield return ("long-lived", With(static c => c["exp"] = Now + 86_400), 401, "unauthenticated", "LifetimeTooLong");
        yield return ("wrong audience", With(static c => c["aud"] = "https://other.example"), 401, "unauthenticated", "WrongAudience");
        yield return ("audience and a slash", With(static c => c["aud"] = TestTokens.Audience + "/"), 401, "unauthenticated", "WrongAudience");
        yield return ("wrong issuer", With(static c => c["iss"] = "https://other.example"), 401, "unauthenticated", "WrongIssuer");
        yield return ("wrong key", Issuer.Token(Scope, key: new TestTokens()), 401, "unauthenticated", "BadSignature");
        yield return ("unknown key", Issuer.Token(Scope, header: static h => h["kid"] = "other"), 401, "unauthenticated", "UnknownKey");
        yield return ("confused", Issuer.ConfusedToken(Scope), 401, "unauthenticated", "UnsupportedHeader");
        foreach (var none in Enumerable.Range(0, 16).Select(static bits =>
            string.Concat("none".Select((letter, at) => (bits & (1 << at)) == 0 ? letter : char.ToUpperInvariant(letter)))))
        {
            yield return (none, Issuer.UnsignedToken(Scope, none), 401, "unauthenticated", "Malformed");
        }

        yield return ("too few", Issuer.Token("read:file read:files/temp write:files"), 403, "insufficient_capability", null);
        yield return ("enough", Issuer.Token(Scope), 200, null, null);
    }

    [Theory]
    [InlineData(HttpServerSessionMode.Stateless)]
    [InlineData(HttpServerSessionMode.Stateful)]
    [InlineData(HttpServerSessionMode.StatefulForInitializeClients)]
    public async Task Each_cell_has_one_decision_and_one_record(HttpServerSessionMode mode)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), http => http.SessionMode = mode);
        foreach (var version in HttpMessages.Versions)
        {
            var session = mode == HttpServerSessionMode.Stateless ? null
                : await HttpMessages.OpenSessionAsync(server, Issuer.Token("read:files"), version is null or "garbage" or "2026-07-28" ? "2025-06-18" : version);
            foreach (var (name, token, status, reason, rule) in Tokens())
            {
                var cell = $"{mode} {version ?? "none"} {name}";
                var (effects, records) = (server.Effects.Count("read"), server.Audit.Count);
                var answer = await server.SendAsync(HttpMessages.Call("read_note", version), token is null ? null : $"Bearer {token}", version, request =>
                {
                    HttpMessages.Headers(version, "tools/call", "read_note")(request);
                    if (session is not null && version != "2026-07-28")
                    {
                        request.Headers.Add("Mcp-Session-Id", session);
                    }
                });

                var isServed = version != "garbage" && !(version == "2026-07-28" && mode == HttpServerSessionMode.Stateful);
                Assert.True((status == 200 && !isServed ? 400 : status) == answer.Status, $"{cell}: {answer.Status} {answer.Body}");
                Assert.True(server.Effects.Count("read") - effects == (status == 200 && isServed ? 1 : 0), $"{cell}: effects");
                Assert.True(server.Audit.Count - records == 1, $"{cell}: {server.Audit.Count - records} records");
                if (status != 200)
                {
                    var record = server.Audit[^1];
                    Assert.Equal((cell, reason), (cell, record.GetProperty("reason").GetString()));
                    Assert.Equal((cell, rule), (cell, record.TryGetProperty("rule", out var named) ? named.GetString() : null));
                    Assert.Equal(("tools/call", "read_note"), (record.GetProperty("method").GetString(), record.GetProperty("primitive").GetString()));
                    Assert.Equal((cell, reason), (cell, answer.Reason));
                    Assert.Equal(7, answer.Message.GetProperty("id").GetInt32());
                }
            }
        }
    }

    [Fact]
    public async Task Nothing_of_a_token_stands_in_a_log()
    {
        var logs = new CollectedLogs();
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(), services: services => services.AddLogging(logging => logs.AddTo(logging)));
        foreach (var (_, token, _, _, _) in Tokens().Where(static row => row.Token is not null))
        {
            await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {token}");
        }

        Assert.NotEmpty(logs.Lines);
        Assert.All(Tokens().Select(static row => row.Token).OfType<string>().Where(static token => token.Contains('.', StringComparison.Ordinal)), token =>
            Assert.DoesNotContain(logs.Lines, line => line.Contains(token.Split('.')[1], StringComparison.Ordinal)));
    }
}
