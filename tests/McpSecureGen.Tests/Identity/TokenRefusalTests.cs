using System.Text.Json.Nodes;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

/// <summary>Tokens that must be refused, each beside a twin that differs in nothing else and must pass.</summary>
public sealed class TokenRefusalTests
{
    private static readonly TestTokens Issuer = new();

    private static AuthenticationFailure Judge(string token) => Issuer.Authenticator().Authenticate(token, CallerSource.Authorization).Failure;

    private static AuthenticationFailure JudgeClaims(Action<JsonObject> claims) => Judge(Issuer.Mint(claims));

    private static AuthenticationFailure JudgeHeader(Action<JsonObject> header) => Judge(Issuer.Mint(header: header));

    [Fact]
    public void Good_token_is_accepted_with_its_facts()
    {
        var result = Issuer.Authenticator().Authenticate(Issuer.Mint(c => c["roles"] = new JsonArray("reader")), CallerSource.TokenFile);

        Assert.True(result.Succeeded);
        Assert.Equal(AuthenticationFailure.None, result.Failure);
        Assert.Equal("alice", result.Caller.Subject);
        Assert.Equal("desk", result.Caller.ClientId);
        Assert.Equal("token-1", result.Caller.TokenId);
        Assert.Equal(TestTokens.Now.AddMinutes(4), result.Caller.ExpiresAt);
        Assert.Equal(CallerSource.TokenFile, result.Caller.Source);
        Assert.Equal(["reader"], result.Caller.Roles);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("noNe")]
    [InlineData("")]
    [InlineData("es256")]
    [InlineData("ES256 ")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    [InlineData("HS256")]
    [InlineData("ES256K")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256")]
    public void Algorithm_that_the_key_is_not_for_is_refused(string algorithm) =>
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, JudgeHeader(h => h["alg"] = algorithm));

    [Theory]
    [InlineData("none")]
    [InlineData("NoNe")]
    public void Unsigned_token_is_refused(string algorithm)
    {
        var unsigned = $"{TestTokens.Segment(Issuer.Header(h => h["alg"] = algorithm).ToJsonString())}.{TestTokens.Segment(TestTokens.Claims().ToJsonString())}";

        Assert.Equal(AuthenticationFailure.Malformed, Judge(unsigned));
        Assert.Equal(AuthenticationFailure.Malformed, Judge(unsigned + "."));
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, Judge(unsigned + ".AAAA"));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("x")]
    public void Text_that_no_reader_can_read_is_malformed_and_not_a_check_that_failed(string claim)
    {
        var claims = TestTokens.Claims(c => c[claim] = "@@").ToJsonString().Replace("@@", "\\ud800", StringComparison.Ordinal);
        Assert.Equal(AuthenticationFailure.Malformed, Judge(Issuer.MintText(Issuer.Header().ToJsonString(), claims)));
    }

    [Fact]
    public void Public_key_used_as_hmac_secret_is_refused()
    {
        var header = Issuer.Header(h => h["alg"] = "HS256").ToJsonString();
        byte[][] secrets =
        [
            Issuer.PublicPoint, Issuer.PublicKeyInfo,
            System.Text.Encoding.UTF8.GetBytes(Issuer.PublicKeyPem), System.Text.Encoding.UTF8.GetBytes(Issuer.PublicJwk().ToJsonString()),
        ];

        Assert.All(secrets, secret => Assert.Equal(
            AuthenticationFailure.UnsupportedHeader, Judge(TestTokens.MintHs256(secret, header, TestTokens.Claims().ToJsonString()))));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("test-key ")]
    [InlineData("TEST-KEY")]
    [InlineData("test-key\0")]
    [InlineData("../../../../dev/null")]
    [InlineData("https://evil.example/jwks.json")]
    [InlineData("' OR '1'='1")]
    public void Unknown_key_name_is_refused(string kid) => Assert.Equal(AuthenticationFailure.UnknownKey, JudgeHeader(h => h["kid"] = kid));

    [Fact]
    public void Absent_or_non_string_key_name_is_refused_even_with_a_single_key()
    {
        Assert.Equal(AuthenticationFailure.UnknownKey, JudgeHeader(h => h.Remove("kid")));
        Assert.Equal(AuthenticationFailure.UnknownKey, JudgeHeader(h => h["kid"] = null));
        Assert.Equal(AuthenticationFailure.UnknownKey, JudgeHeader(h => h["kid"] = new JsonArray("test-key")));
    }

    [Fact]
    public void Key_of_another_issuer_under_the_same_name_is_refused()
    {
        var stranger = new TestTokens();

        Assert.Equal(AuthenticationFailure.BadSignature, Judge(stranger.Mint()));
        Assert.True(stranger.Authenticator().Authenticate(stranger.Mint(), default).Succeeded);
    }

    [Theory]
    [InlineData("jku", "\"https://evil.example/jwks.json\"")]
    [InlineData("x5u", "\"https://evil.example/cert.pem\"")]
    [InlineData("x5c", "[\"MIIB\"]")]
    [InlineData("crit", "[\"exp\"]")]
    [InlineData("crit", "[]")]
    [InlineData("b64", "false")]
    [InlineData("b64", "true")]
    [InlineData("zip", "\"DEF\"")]
    [InlineData("enc", "\"A256GCM\"")]
    [InlineData("jku", "null")]
    public void Header_that_brings_keys_or_extensions_is_refused(string member, string json) =>
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, JudgeHeader(h => h[member] = JsonNode.Parse(json)));

    [Fact]
    public void Key_embedded_by_the_attacker_is_refused()
    {
        var attacker = new TestTokens();
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, Judge(attacker.Mint(header: h => h["jwk"] = attacker.PublicJwk())));
    }

    [Fact]
    public void Harmless_extra_header_is_accepted() => Assert.Equal(AuthenticationFailure.None, JudgeHeader(h => h["x-trace"] = "1"));

    [Theory]
    [InlineData("JWT", true)]
    [InlineData("jwt", true)]
    [InlineData("at+jwt", true)]
    [InlineData("AT+JWT", true)]
    [InlineData("application/at+jwt", true)]
    [InlineData("APPLICATION/JWT", true)]
    [InlineData("id_token", false)]
    [InlineData("dpop+jwt", false)]
    [InlineData("logout+jwt", false)]
    [InlineData("JWE", false)]
    [InlineData("", false)]
    [InlineData("text/at+jwt", false)]
    [InlineData("at+jwt;v=1", false)]
    public void Only_access_token_types_are_accepted(string type, bool accepted) =>
        Assert.Equal(accepted ? AuthenticationFailure.None : AuthenticationFailure.UnsupportedHeader, JudgeHeader(h => h["typ"] = type));

    [Fact]
    public void Absent_type_is_refused() => Assert.Equal(AuthenticationFailure.UnsupportedHeader, JudgeHeader(h => h.Remove("typ")));

    [Fact]
    public void Any_changed_character_is_refused()
    {
        var token = Issuer.Mint();
        var authenticator = Issuer.Authenticator();
        for (var position = 0; position < token.Length; position++)
        {
            var changed = token.ToCharArray();
            changed[position] = changed[position] == 'A' ? 'B' : 'A';

            Assert.False(authenticator.Authenticate(new string(changed), default).Succeeded, $"position {position}");
        }

        Assert.True(authenticator.Authenticate(token, default).Succeeded);
    }

    [Fact]
    public void Tampered_payload_is_refused_by_its_signature_whatever_it_says()
    {
        var parts = Issuer.Mint().Split('.');
        string[] payloads =
        [
            TestTokens.Claims(c => c["sub"] = "root").ToJsonString(),
            TestTokens.Claims(c => c["aud"] = "https://other.example").ToJsonString(),
            TestTokens.Claims(c => c["exp"] = 1).ToJsonString(),
        ];

        Assert.All(payloads, payload => Assert.Equal(
            AuthenticationFailure.BadSignature, Judge($"{parts[0]}.{TestTokens.Segment(payload)}.{parts[2]}")));
    }

    [Fact]
    public void Psychic_and_misshapen_signatures_are_refused()
    {
        var parts = Issuer.Mint().Split('.');
        var signature = System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]);
        byte[][] forged =
        [
            new byte[64],                                       // CVE-2022-21449: r = s = 0
            [.. new byte[63], 1],
            [.. Enumerable.Repeat((byte)0xff, 64)],
            signature[..63],
            [.. signature, 0],
            [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01],   // DER where P1363 is due
            [0],
        ];

        Assert.All(forged, bytes => Assert.Equal(
            AuthenticationFailure.BadSignature, Judge($"{parts[0]}.{parts[1]}.{TestTokens.Segment(bytes)}")));
        Assert.Equal(AuthenticationFailure.None, Judge($"{parts[0]}.{parts[1]}.{TestTokens.Segment(signature)}"));
    }

    [Fact]
    public void Other_spellings_of_a_good_token_are_refused()
    {
        var token = Issuer.Mint();
        var parts = token.Split('.');
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        // 64 bytes leave four unused bits in the last character.
        var trailingBits = token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) | 1];
        string[] spellings =
        [
            token + "=", token + "==", $"{parts[0]}=.{parts[1]}.{parts[2]}", " " + token, token + " ", token + "\n", "\uFEFF" + token,
            $"{parts[0]}.{parts[1]}\n.{parts[2]}", $"{parts[0]} .{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.{parts[2][..4]}\t{parts[2][4..]}",
            token + ".", "." + token, $"{token}.{parts[2]}", $"{token}.{parts[1]}.{parts[2]}", $"{parts[0]}..{parts[2]}", "Bearer " + token, trailingBits,
            "..", "", ".", "a", "{}", "a.b.c",
        ];

        Assert.All(spellings.Where(spelling => spelling.Length > 0), spelling => Assert.Equal(AuthenticationFailure.Malformed, Judge(spelling)));
        Assert.Equal(AuthenticationFailure.NoCredential, Judge(""));
        Assert.Equal(AuthenticationFailure.None, Judge(token));
    }

    [Fact]
    public void Padded_segments_are_refused_even_when_the_padding_is_signed()
    {
        var header = Issuer.Header().ToJsonString();
        header = header.PadRight((header.Length + 2) / 3 * 3 + 1);
        var payload = TestTokens.Segment(TestTokens.Claims().ToJsonString());

        Assert.Equal(AuthenticationFailure.Malformed, Judge(Issuer.Sign(TestTokens.Segment(header) + "==", payload)));
        Assert.Equal(AuthenticationFailure.None, Judge(Issuer.Sign(TestTokens.Segment(header), payload)));
    }

    [Fact]
    public void Repeated_members_are_refused()
    {
        var header = Issuer.Header().ToJsonString();
        var claims = TestTokens.Claims().ToJsonString();

        Assert.Equal(AuthenticationFailure.Malformed, Judge(Issuer.MintText(header, claims.Insert(1, "\"sub\":\"root\","))));
        Assert.Equal(AuthenticationFailure.Malformed, Judge(Issuer.MintText(header.Insert(1, "\"alg\":\"none\","), claims)));
        Assert.Equal(AuthenticationFailure.None, Judge(Issuer.MintText(header, claims.Insert(1, "\"nickname\":\"root\","))));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"alice\"")]
    [InlineData("foo")]
    [InlineData("{\"iss\":")]
    public void Payload_that_is_no_object_is_refused(string payload) =>
        Assert.Equal(AuthenticationFailure.Malformed, Judge(Issuer.MintText(Issuer.Header().ToJsonString(), payload)));

    [Fact]
    public void Token_above_eight_kibibytes_is_refused_and_one_just_below_is_not()
    {
        Assert.Equal(AuthenticationFailure.Malformed, JudgeClaims(c => c["pad"] = new string('x', 8 * 1024)));
        Assert.Equal(AuthenticationFailure.None, JudgeClaims(c => c["pad"] = new string('x', 5 * 1024)));
    }

    [Fact]
    public void Encrypted_token_is_refused() => Assert.Equal(AuthenticationFailure.Malformed, Judge("eyJhbGciOiJkaXIifQ.AAAA.AAAA.AAAA.AAAA"));

    [Theory]
    [InlineData("\"https://mcp.example/files\"", true)]
    [InlineData("[\"https://mcp.example/files\"]", true)]
    [InlineData("[\"https://other.example\",\"https://mcp.example/files\"]", true)]
    [InlineData("\"https://mcp.example/files/\"", false)]
    [InlineData("\"https://mcp.example/file\"", false)]
    [InlineData("\"https://mcp.example\"", false)]
    [InlineData("\"https://mcp.example/files2\"", false)]
    [InlineData("\"HTTPS://mcp.example/files\"", false)]
    [InlineData("\"https://mcp.example/files https://other.example\"", false)]
    [InlineData("[\"https://other.example\"]", false)]
    [InlineData("[]", false)]
    [InlineData("[[\"https://mcp.example/files\"]]", false)]
    [InlineData("[\"https://mcp.example/files\",7]", false)]
    [InlineData("{\"aud\":\"https://mcp.example/files\"}", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"*\"", false)]
    [InlineData("null", false)]
    public void Audience_must_be_this_server_exactly(string audience, bool accepted) =>
        Assert.Equal(
            accepted ? AuthenticationFailure.None : AuthenticationFailure.WrongAudience,
            JudgeClaims(c => c["aud"] = JsonNode.Parse(audience)));

    [Fact]
    public void Absent_audience_is_refused() => Assert.Equal(AuthenticationFailure.WrongAudience, JudgeClaims(c => c.Remove("aud")));

    [Theory]
    [InlineData("\"https://issuer.example/\"")]
    [InlineData("\"https://ISSUER.example\"")]
    [InlineData("\"https://issuer.example.evil.example\"")]
    [InlineData("\"\"")]
    [InlineData("[\"https://issuer.example\"]")]
    [InlineData("null")]
    public void Other_issuer_is_refused(string issuer) =>
        Assert.Equal(AuthenticationFailure.WrongIssuer, JudgeClaims(c => c["iss"] = JsonNode.Parse(issuer)));

    [Theory]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("sub")]
    [InlineData("jti")]
    public void Missing_claim_is_refused(string claim) => Assert.Equal(AuthenticationFailure.MissingClaim, JudgeClaims(c => c.Remove(claim)));

    [Theory]
    [InlineData("sub")]
    [InlineData("jti")]
    public void Blank_claim_is_refused(string claim) => Assert.Equal(AuthenticationFailure.MissingClaim, JudgeClaims(c => c[claim] = " "));

    [Theory]
    [InlineData("exp", "\"1800000100\"")]
    [InlineData("exp", "1800000100.5")]
    [InlineData("exp", "1.8e9")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "9007199254740993")]
    [InlineData("exp", "1800000100000")]
    [InlineData("exp", "1e400")]
    [InlineData("exp", "null")]
    [InlineData("exp", "true")]
    [InlineData("iat", "\"1800000000\"")]
    [InlineData("nbf", "\"1800000000\"")]
    [InlineData("nbf", "null")]
    [InlineData("sub", "7")]
    [InlineData("sub", "null")]
    [InlineData("jti", "[\"token-1\"]")]
    [InlineData("client_id", "{}")]
    public void Claim_of_the_wrong_type_is_refused(string claim, string json) =>
        Assert.Equal(AuthenticationFailure.Malformed, JudgeClaims(c => c[claim] = JsonNode.Parse(json)));
}
