using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>Sender-constrained tokens over HTTP (RFC 9449): the nonce, one use, the key of the token.</summary>
public sealed class ProofTests
{
    private static readonly string Call = HttpMessages.Call("read_note");
    private static readonly TestTokens Key = new();

    private static string Bound(TestTokens? key = null)
    {
        var jwk = (key ?? Key).PublicJwk();
        var thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{jwk["x"]}}","y":"{{jwk["y"]}}"}""")));
        return Issuer.Token("read:files", change: claims => claims["cnf"] = new JsonObject { ["jkt"] = thumbprint });
    }

    private static string Proof(HttpTestServer server, string token, string? nonce, TestTokens? key = null)
    {
        var jwk = (key ?? Key).PublicJwk();
        var header = new JsonObject
        {
            ["typ"] = "dpop+jwt",
            ["alg"] = "ES256",
            ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = $"{jwk["x"]}", ["y"] = $"{jwk["y"]}" },
        };
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["htm"] = "POST",
            ["htu"] = server.Endpoint.ToString(),
            ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return (key ?? Key).MintText(header.ToJsonString(), claims.ToJsonString());
    }

    private static Task<HttpAnswer> SendAsync(HttpTestServer server, string authorization, params string[] proofs) =>
        server.SendAsync(Call, authorization, change: request => Array.ForEach(proofs, proof => request.Headers.TryAddWithoutValidation("DPoP", proof)));

    private static async Task<string> NonceAsync(HttpTestServer server, string token)
    {
        var asked = await SendAsync(server, $"DPoP {token}", Proof(server, token, null));
        Assert.Equal(401, asked.Status);
        Assert.StartsWith("DPoP error=\"use_dpop_nonce\"", asked.Challenge, StringComparison.Ordinal);
        return asked.Response.Headers.GetValues("DPoP-Nonce").Single();
    }

    [Fact]
    public async Task Bound_token_runs_with_a_fresh_proof_of_its_key_and_only_once_with_each()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());
        var token = Bound();
        var proof = Proof(server, token, await NonceAsync(server, token));

        var first = await SendAsync(server, $"DPoP {token}", proof);
        Assert.Equal((200, null), (first.Status, first.ErrorCode));
        Assert.True(first.Response.Headers.Contains("DPoP-Nonce"));
        var again = await SendAsync(server, $"DPoP {token}", proof);
        Assert.Equal(401, again.Status);
        Assert.StartsWith("DPoP error=\"invalid_dpop_proof\", scope=\"read:files\"", again.Challenge, StringComparison.Ordinal);
        Assert.Equal(1, server.Effects.Count("read"));
        Assert.Equal(["tools/call read_note unauthenticated ProofNonceRequired", "tools/call read_note unauthenticated ProofReplayed"], server.Refusals);
    }

    [Fact]
    public async Task Bound_token_without_its_key_runs_nothing()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());
        var token = Bound();
        var nonce = await NonceAsync(server, token);
        var other = new TestTokens();

        Assert.Equal(401, (await SendAsync(server, $"Bearer {token}")).Status);
        Assert.Equal(401, (await SendAsync(server, $"Bearer {token}", Proof(server, token, nonce))).Status);
        Assert.Equal(401, (await SendAsync(server, $"DPoP {token}")).Status);
        Assert.Equal(401, (await SendAsync(server, $"DPoP {token}", Proof(server, token, nonce, other))).Status);
        Assert.Equal(401, (await SendAsync(server, $"DPoP {token}", Proof(server, token, nonce), Proof(server, token, nonce))).Status);
        Assert.Equal(401, (await SendAsync(server, $"DPoP {Issuer.Token("read:files")}", Proof(server, token, nonce))).Status);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await SendAsync(server, $"DPoP {token}", Proof(server, token, nonce))).Status);
    }

    [Fact]
    public async Task Proof_sent_many_times_at_once_runs_once()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());
        var token = Bound();
        var proof = Proof(server, token, await NonceAsync(server, token));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SendAsync(server, $"DPoP {token}", proof)));

        Assert.Equal(1, answers.Count(static answer => answer.Status == 200));
        Assert.Equal(15, answers.Count(static answer => answer.Status == 401));
        Assert.Equal(1, server.Effects.Count("read"));
    }

    [Fact]
    public async Task Proof_for_one_token_is_good_for_no_other_of_the_same_key()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());
        var (token, other) = (Bound(), Bound());
        var proof = Proof(server, token, await NonceAsync(server, token));

        Assert.Equal(401, (await SendAsync(server, $"DPoP {other}", proof)).Status);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await SendAsync(server, $"DPoP {token}", proof)).Status);
    }

    [Fact]
    public async Task Capability_that_needs_a_bound_token_asks_for_one()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(), settings: static s => s["McpSecurity:Authentication:DPoPRequiredFor:0"] = "read:files");
        var token = Bound();

        var bearer = await SendAsync(server, $"Bearer {Issuer.Token("read:files")}");
        Assert.Equal((401, "sender_constraint_required"), (bearer.Status, bearer.Reason));
        Assert.StartsWith("DPoP scope=\"read:files\", ", bearer.Challenge, StringComparison.Ordinal);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await SendAsync(server, $"DPoP {token}", Proof(server, token, await NonceAsync(server, token)))).Status);
    }

    [Fact]
    public async Task Server_that_asks_for_proofs_says_so()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(), settings: static s => s["McpSecurity:Authentication:RequireDPoP"] = "true");

        var challenge = (await server.SendAsync(Call)).Challenge;

        Assert.Contains("Bearer scope=\"read:files\"", challenge, StringComparison.Ordinal);
        Assert.Contains("DPoP scope=\"read:files\"", challenge, StringComparison.Ordinal);
        Assert.Contains("algs=\"ES256 RS256 PS256\"", challenge, StringComparison.Ordinal);
        Assert.Equal(401, (await SendAsync(server, $"Bearer {Issuer.Token("read:files")}")).Status);
        Assert.Empty(server.Effects.Seen);
    }
}
