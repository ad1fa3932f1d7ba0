using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.Primitives;

namespace McpSecureGen.AspNetCore.Tests.Identity.DPoP;

/// <summary>Each check of RFC 9449, section 4.3, broken once; the same proof unbroken passes in every test.</summary>
public sealed class ProofVerifierTests
{
    private const string Token = "an.access.token";

    private readonly TestProofs _client = new();
    private readonly ManualTime _time = new(TestTokens.Now);
    private readonly ProofVerifier _verifier;

    public ProofVerifierTests() => _verifier = Verifier();

    private ProofVerifier Verifier(Action<DPoPOptions>? change = null, IReplayCache? used = null, CallerAuthenticator? tokens = null)
    {
        var options = new DPoPOptions();
        change?.Invoke(options);
        return new(options, used ?? new InMemoryReplayCache(_time), tokens, _time);
    }

    private async Task<ProofFailure> JudgeAsync(StringValues header, string uri = TestProofs.Uri, string method = TestProofs.Method) =>
        (await _verifier.VerifyAsync(method, uri, header, Token, default)).Failure;

    private async Task RefusedAsync(Action<JsonObject>? payload = null, Action<JsonObject>? header = null, ProofFailure expected = ProofFailure.Invalid)
    {
        Assert.Equal(expected, await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), payload, header)));
        Assert.Equal(ProofFailure.None, await JudgeAsync(_client.Sign(Token, _verifier.Nonce())));
    }

    [Fact]
    public async Task Given_a_good_proof_then_its_thumbprint_is_the_clients()
    {
        var result = await _verifier.VerifyAsync(TestProofs.Method, TestProofs.Uri, _client.Sign(Token, _verifier.Nonce()), Token, default);
        Assert.Equal(new ProofResult(_client.Thumbprint, ProofFailure.None), result);
    }

    [Fact]
    public async Task Given_no_header_two_headers_or_garbage_then_refused()
    {
        Assert.Equal(ProofFailure.Absent, await JudgeAsync(StringValues.Empty));
        Assert.Equal(
            ProofFailure.Invalid,
            await JudgeAsync(new StringValues([_client.Sign(Token, _verifier.Nonce()), _client.Sign(Token, _verifier.Nonce())])));
        var good = _client.Sign(Token, _verifier.Nonce());
        foreach (var bad in (string?[])["", null, "a.b.c", good + "=", good + ".", $"{good},{good}", good[..^4], " " + good])
        {
            Assert.Equal(ProofFailure.Invalid, await JudgeAsync(new StringValues([bad])));
        }

        Assert.Equal(ProofFailure.None, await JudgeAsync(good));
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("iat")]
    [InlineData("ath")]
    public Task Given_a_required_claim_absent_or_of_another_type_then_refused(string claim) => Task.WhenAll(
        RefusedAsync(c => c.Remove(claim)), RefusedAsync(c => c[claim] = true), RefusedAsync(c => c[claim] = null), RefusedAsync(c => c[claim] = ""));

    [Theory]
    [InlineData("JWT")]
    [InlineData("at+jwt")]
    [InlineData("dpop")]
    [InlineData("DPOP+JWT")]
    [InlineData(null)]
    public Task Given_another_type_then_refused(string? type) => RefusedAsync(header: h => h["typ"] = type);

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("")]
    [InlineData(null)]
    public Task Given_an_algorithm_that_is_not_the_keys_then_refused(string? algorithm) => RefusedAsync(header: h => h["alg"] = algorithm);

    [Theory]
    [InlineData("jku", "https://evil.example/keys")]
    [InlineData("x5u", "https://evil.example/keys")]
    [InlineData("crit", "exp")]
    [InlineData("b64", "x")]
    [InlineData("zip", "DEF")]
    public Task Given_a_header_that_changes_what_is_checked_then_refused(string name, string value) => RefusedAsync(header: h => h[name] = value);

    [Fact]
    public async Task Given_a_key_that_is_absent_private_symmetric_or_not_on_the_curve_then_refused()
    {
        await RefusedAsync(header: h => h.Remove("jwk"));
        await RefusedAsync(header: h => h["jwk"] = "text");
        await RefusedAsync(header: h => h["jwk"]!["d"] = _client.PrivateMember);
        await RefusedAsync(header: h => h["jwk"]!["d"] = "");
        await RefusedAsync(header: h => h["jwk"]!["k"] = "AAAA");
        await RefusedAsync(header: h => h["jwk"]!["crv"] = "P-384");
        await RefusedAsync(header: h => h["jwk"]!["y"] = TestTokens.Segment([.. new byte[31], 1]));
        await RefusedAsync(header: h => h["jwk"]!["x"] = h["jwk"]!["x"]!.GetValue<string>() + "=");
        await RefusedAsync(header: h => (h["jwk"], h["alg"]) = (TestTokens.SecretJwk("s", RandomNumberGenerator.GetBytes(32)), "HS256"));
        await RefusedAsync(header: h => h["jwk"] = new TestProofs().PublicJwk());
    }

    [Fact]
    public async Task Given_an_RSA_key_then_RS256_and_PS256_pass_and_a_weak_one_does_not()
    {
        Assert.Equal(ProofFailure.None, await JudgeAsync(RsaProof(2048, "RS256", RSASignaturePadding.Pkcs1)));
        Assert.Equal(ProofFailure.None, await JudgeAsync(RsaProof(2048, "PS256", RSASignaturePadding.Pss)));
        Assert.Equal(ProofFailure.Invalid, await JudgeAsync(RsaProof(2048, "PS256", RSASignaturePadding.Pkcs1)));
        Assert.Equal(ProofFailure.Invalid, await JudgeAsync(RsaProof(1024, "RS256", RSASignaturePadding.Pkcs1)));
    }

    private string RsaProof(int bits, string algorithm, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(false);
        var unsigned = _client.Sign(Token, _verifier.Nonce(), header: h => (h["alg"], h["jwk"]) = (algorithm, new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = TestTokens.Segment(key.Modulus!),
            ["e"] = TestTokens.Segment(key.Exponent!),
        }));
        var signed = unsigned[..unsigned.LastIndexOf('.')];
        return $"{signed}.{TestTokens.Segment(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, padding))}";
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("post")]
    [InlineData("POST ")]
    public Task Given_another_method_then_refused(string method) => RefusedAsync(c => c["htm"] = method);

    [Theory]
    [InlineData("https://mcp.example/files", true)]
    [InlineData("HTTPS://MCP.Example:443/files", true)]
    [InlineData("https://mcp.example/files?a=b#c", true)]
    [InlineData("https://mcp.example/./x/../files", true)]
    [InlineData("https://mcp.example/%66iles", true)]
    [InlineData("http://mcp.example/files", false)]
    [InlineData("https://mcp.example:8443/files", false)]
    [InlineData("https://mcp.example/files/", false)]
    [InlineData("https://mcp.example/Files", false)]
    [InlineData("https://mcp.example/file", false)]
    [InlineData("https://mcp.example/files%2F", false)]
    [InlineData("https://mcp.example.evil.com/files", false)]
    [InlineData("https://user@mcp.example/files", false)]
    [InlineData("//mcp.example/files", false)]
    [InlineData("/files", false)]
    [InlineData("file:///files", false)]
    public async Task Given_a_target_then_it_counts_after_normalisation_and_without_query(string target, bool accepted) =>
        Assert.Equal(
            accepted ? ProofFailure.None : ProofFailure.Invalid,
            await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["htu"] = target)));

    [Fact]
    public async Task Given_escapes_in_the_path_then_their_case_does_not_count_and_their_meaning_does()
    {
        async Task<ProofFailure> Of(string proved, string asked) =>
            await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["htu"] = proved), asked);

        Assert.Equal(ProofFailure.None, await Of("https://h.example/a%2fb", "https://h.example/a%2Fb"));
        Assert.Equal(ProofFailure.None, await Of("https://h.example", "https://h.example/"));
        Assert.Equal(ProofFailure.Invalid, await Of("https://h.example/a/b", "https://h.example/a%2Fb"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(-5, true)]
    [InlineData(-6, false)]
    public async Task Given_an_age_then_both_edges_hold(int secondsOld, bool accepted) =>
        Assert.Equal(
            accepted ? ProofFailure.None : ProofFailure.Invalid,
            await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["iat"] = TestTokens.Now.ToUnixTimeSeconds() - secondsOld)));

    [Theory]
    [InlineData("\"1800000000\"")]
    [InlineData("1800000000.5")]
    [InlineData("-9223372036854775808")]
    [InlineData("1800000000000")]
    [InlineData("1e300")]
    public Task Given_a_date_that_is_none_then_refused(string iat) => RefusedAsync(c => c["iat"] = JsonNode.Parse(iat));

    [Fact]
    public Task Given_the_hash_of_another_token_then_refused() =>
        RefusedAsync(c => c["ath"] = TestTokens.Segment(SHA256.HashData("another.access.token"u8)));

    [Fact]
    public void Given_the_example_of_the_RFC_then_token_hash_and_thumbprints_are_those_it_prints()
    {
        Assert.Equal(
            "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo",
            TestTokens.Segment(SHA256.HashData("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"u8)));

        // RFC 9449, section 6.1, and RFC 7638, section 3.1.
        Assert.Equal("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", Thumbprint(
            """{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}"""));
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Thumbprint(
            """
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
            """));

        static string Thumbprint(string jwk)
        {
            using var document = JsonDocument.Parse(jwk);
            return JsonWebKeyReading.ReadProofKey(document.RootElement)!.Value.Thumbprint;
        }
    }

    [Fact]
    public async Task Given_a_nonce_then_only_this_minutes_and_the_last_minutes_count()
    {
        var nonce = _verifier.Nonce();
        await RefusedAsync(c => c.Remove("nonce"), expected: ProofFailure.NonceRequired);
        await RefusedAsync(c => c["nonce"] = "made-up", expected: ProofFailure.NonceRequired);
        await RefusedAsync(c => c["nonce"] = 7, expected: ProofFailure.NonceRequired);
        Assert.Equal(ProofFailure.NonceRequired, await JudgeAsync(_client.Sign(Token, Verifier().Nonce())));

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.NotEqual(nonce, _verifier.Nonce());
        void Now(JsonObject claims) => claims["iat"] = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(ProofFailure.None, await JudgeAsync(_client.Sign(Token, nonce, Now)));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ProofFailure.NonceRequired, await JudgeAsync(_client.Sign(Token, nonce, Now)));
        Assert.Equal(ProofFailure.None, await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), Now)));
    }

    [Fact]
    public async Task Given_a_shared_nonce_key_then_another_process_accepts_the_nonce()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var (one, other) = (Verifier(o => o.NonceKey = key), Verifier(o => o.NonceKey = key));
        var proof = _client.Sign(Token, one.Nonce());
        Assert.Equal(ProofFailure.None, (await other.VerifyAsync(TestProofs.Method, TestProofs.Uri, proof, Token, default)).Failure);
    }

    [Fact]
    public async Task Given_no_nonce_required_then_its_absence_passes_and_a_wrong_one_does_not()
    {
        var lenient = Verifier(o => o.RequireNonce = false);
        async Task<ProofFailure> Of(string? nonce) =>
            (await lenient.VerifyAsync(TestProofs.Method, TestProofs.Uri, _client.Sign(Token, nonce), Token, default)).Failure;

        Assert.Equal(ProofFailure.None, await Of(null));
        Assert.Equal(ProofFailure.NonceRequired, await Of("made-up"));
    }

    [Fact]
    public async Task Given_a_proof_used_before_then_refused_for_as_long_as_it_lives()
    {
        var proof = _client.Sign(Token, _verifier.Nonce());
        Assert.Equal(ProofFailure.None, await JudgeAsync(proof));
        Assert.Equal(ProofFailure.Replayed, await JudgeAsync(proof));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ProofFailure.Replayed, await JudgeAsync(proof));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ProofFailure.Invalid, await JudgeAsync(proof));
    }

    [Fact]
    public async Task Given_the_same_id_from_another_key_then_both_pass()
    {
        Assert.Equal(ProofFailure.None, await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["jti"] = "1")));
        Assert.Equal(ProofFailure.None, await JudgeAsync(new TestProofs().Sign(Token, _verifier.Nonce(), c => c["jti"] = "1")));
        Assert.Equal(ProofFailure.Replayed, await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["jti"] = "1")));
    }

    [Fact]
    public async Task Given_an_id_of_256_characters_then_accepted_and_of_257_refused()
    {
        Assert.Equal(ProofFailure.None, await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["jti"] = new string('x', 256))));
        await RefusedAsync(c => c["jti"] = new string('x', 257));
    }

    [Fact]
    public async Task Given_a_memory_that_breaks_then_refused()
    {
        var verifier = Verifier(used: new BrokenMemory());
        var result = await verifier.VerifyAsync(TestProofs.Method, TestProofs.Uri, _client.Sign(Token, verifier.Nonce()), Token, default);
        Assert.Equal(ProofResult.Refused(ProofFailure.Unavailable), result);
    }

    [Fact]
    public async Task Given_proofs_for_tokens_that_are_not_accepted_then_they_take_no_place_in_the_memory()
    {
        var issuer = new TestTokens();
        var bound = issuer.Mint(c => c["cnf"] = new JsonObject { ["jkt"] = _client.Thumbprint });
        var verifier = Verifier(used: new InMemoryReplayCache(_time, capacity: 1), tokens: issuer.Authenticator(time: _time));
        async Task<ProofResult> Of(TestProofs client, string token) =>
            await verifier.VerifyAsync(TestProofs.Method, TestProofs.Uri, client.Sign(token, verifier.Nonce()), token, default);

        var stranger = new TestProofs();
        Assert.Equal(new ProofResult(stranger.Thumbprint, ProofFailure.None), await Of(stranger, bound));
        Assert.Equal(new ProofResult(stranger.Thumbprint, ProofFailure.None), await Of(stranger, "no.token.atall"));
        Assert.Equal(ProofFailure.Unavailable, (await Of(stranger, new TestTokens("unknown").Mint())).Failure);
        Assert.Equal(new ProofResult(_client.Thumbprint, ProofFailure.None), await Of(_client, bound));
        Assert.Equal(ProofFailure.Replayed, (await Of(_client, bound)).Failure);
    }

    [Fact]
    public async Task Given_one_key_with_ever_new_proofs_then_it_does_not_fill_the_memory_for_the_others()
    {
        var refused = 0;
        for (var i = 0; i < ProofShares.Greatest + 10; i++)
        {
            refused += await JudgeAsync(_client.Sign(Token, _verifier.Nonce(), c => c["jti"] = $"{i}")) == ProofFailure.Replayed ? 1 : 0;
        }

        Assert.Equal(10, refused);
        Assert.Equal(ProofFailure.None, await JudgeAsync(new TestProofs().Sign(Token, _verifier.Nonce())));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ProofFailure.None, await JudgeAsync(_client.Sign(Token, _verifier.Nonce())));
    }

    [Fact]
    public void Given_many_keys_then_those_whose_proofs_are_over_are_forgotten()
    {
        var shares = new ProofShares(TimeSpan.FromMinutes(1), _time);
        for (var i = 0; i < 5_000; i++)
        {
            shares.Add($"{i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(shares.Count, 1, 1024);
    }

    [Fact]
    public async Task Given_a_memory_that_does_not_answer_then_refused()
    {
        var verifier = Verifier(used: new SilentMemory());
        var judging = verifier.VerifyAsync(TestProofs.Method, TestProofs.Uri, _client.Sign(Token, verifier.Nonce()), Token, default).AsTask();
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!judging.IsCompleted && DateTime.UtcNow < deadline)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(ProofResult.Refused(ProofFailure.Unavailable), await judging.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    private sealed class BrokenMemory : IReplayCache
    {
        public ValueTask<bool> TryUseAsync(string key, DateTimeOffset until, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no memory");
    }

    private sealed class SilentMemory : IReplayCache
    {
        public ValueTask<bool> TryUseAsync(string key, DateTimeOffset until, CancellationToken cancellationToken) =>
            new(new TaskCompletionSource<bool>().Task);
    }
}
