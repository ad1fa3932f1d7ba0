using System.Security.Cryptography;
using System.Text.Json.Nodes;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

public sealed class KeySetTests
{
    private static readonly TestTokens Issuer = new();

    private static string Refusal(Action<AuthenticationOptions> change) =>
        Assert.Throws<McpSecurityConfigurationException>(() => Issuer.Authenticator(change)).Message;

    private static string RefusalOf(params JsonObject[] keys) => Refusal(o => o.Keys = TestTokens.KeySet(keys));

    private static JsonObject RsaJwk(int bits, string kid = "rsa", string? algorithm = null)
    {
        using var rsa = RSA.Create(bits);
        return TestTokens.RsaJwk(rsa, kid, algorithm);
    }

    [Fact]
    public void Every_missing_or_wrong_setting_is_named_at_once()
    {
        var problems = Assert.Throws<McpSecurityConfigurationException>(() => TestTokens.Authenticator(new AuthenticationOptions
        {
            MaxTokenLifetime = TimeSpan.Zero,
            ClockSkew = TimeSpan.FromSeconds(31),
        })).Problems;

        Assert.Collection(
            problems,
            problem => Assert.Contains("McpSecurity:Authentication:Issuer", problem, StringComparison.Ordinal),
            problem => Assert.Contains("McpSecurity:Authentication:Audience", problem, StringComparison.Ordinal),
            problem => Assert.Contains("McpSecurity:Authentication:MaxTokenLifetime", problem, StringComparison.Ordinal),
            problem => Assert.Contains("McpSecurity:Authentication:ClockSkew", problem, StringComparison.Ordinal),
            problem => Assert.Contains("McpSecurity:Authentication:KeyFile", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 30, true)]
    [InlineData(24 * 60, 30, true)]
    [InlineData(24 * 60 + 1, 10, false)]
    [InlineData(5, 31, false)]
    [InlineData(5, -1, false)]
    [InlineData(-5, 10, false)]
    public void Bounds_on_lifetime_and_skew(int minutes, int skewSeconds, bool accepted)
    {
        void Set(AuthenticationOptions o) => (o.MaxTokenLifetime, o.ClockSkew) =
            (TimeSpan.FromMinutes(minutes) + (minutes == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero), TimeSpan.FromSeconds(skewSeconds));

        if (accepted)
        {
            Assert.True(Issuer.Authenticator(Set).Authenticate("a.b.c", default).Failure == AuthenticationFailure.Malformed);
        }
        else
        {
            Refusal(Set);
        }
    }

    [Fact]
    public void Absent_key_file_is_refused_by_the_settings_name() =>
        Assert.Contains(
            "McpSecurity:Authentication:KeyFile cannot be read",
            Refusal(o => o.KeyFile = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("not json")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    [InlineData("{\"keys\":[7]}")]
    [InlineData("{\"keys\":[{\"kty\":7}]}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    public void Key_set_without_a_key_is_refused(string json) =>
        Assert.Contains("McpSecurity:Authentication:Keys: ", Refusal(o => o.Keys = json), StringComparison.Ordinal);

    [Fact]
    public void Private_key_is_refused_and_not_repeated_in_the_message()
    {
        var jwk = Issuer.PrivateJwk();
        var message = RefusalOf(jwk);

        Assert.Contains("private key", message, StringComparison.Ordinal);
        Assert.DoesNotContain((string)jwk["d"]!, message, StringComparison.Ordinal);

        // Even where the key would be ignored for another reason.
        jwk["use"] = "enc";
        Assert.Contains("private key", RefusalOf(Issuer.PublicJwk(), jwk), StringComparison.Ordinal);
    }

    [Fact]
    public void Single_public_key_is_a_key_set() =>
        Assert.True(Issuer.Authenticator(o => o.Keys = Issuer.PublicJwk().ToJsonString()).Authenticate(Issuer.Mint(), default).Succeeded);

    [Fact]
    public void Repeated_or_absent_key_name_is_refused()
    {
        Assert.Contains("used twice", RefusalOf(Issuer.PublicJwk(), new TestTokens().PublicJwk()), StringComparison.Ordinal);
        var nameless = Issuer.PublicJwk();
        nameless.Remove("kid");
        Assert.Contains("no kid", RefusalOf(nameless), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_keys_choose_by_name()
    {
        var next = new TestTokens("next");
        var authenticator = Issuer.Authenticator(o => o.Keys = TestTokens.KeySet(Issuer.PublicJwk(), next.PublicJwk()));

        Assert.True(authenticator.Authenticate(Issuer.Mint(), default).Succeeded);
        Assert.True(authenticator.Authenticate(next.Mint(), default).Succeeded);
        Assert.Equal(AuthenticationFailure.BadSignature, authenticator.Authenticate(next.Mint(header: h => h["kid"] = Issuer.Kid), default).Failure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void Short_secret_is_refused(int bytes) =>
        Assert.Contains("weak secret", RefusalOf(TestTokens.SecretJwk("s", RandomNumberGenerator.GetBytes(bytes))), StringComparison.Ordinal);

    [Fact]
    public void Secret_of_one_repeated_byte_is_refused() =>
        Assert.Contains("weak secret", RefusalOf(TestTokens.SecretJwk("s", new byte[64])), StringComparison.Ordinal);

    [Fact]
    public void Secret_of_32_random_bytes_verifies_HS256_and_nothing_else()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var authenticator = Issuer.Authenticator(o => o.Keys = TestTokens.KeySet(TestTokens.SecretJwk("s", secret)));
        string Token(string algorithm) => TestTokens.MintHs256(
            secret, Issuer.Header(h => (h["alg"], h["kid"]) = (algorithm, "s")).ToJsonString(), TestTokens.Claims().ToJsonString());

        Assert.True(authenticator.Authenticate(Token("HS256"), default).Succeeded);
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, authenticator.Authenticate(Token("HS512"), default).Failure);
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, authenticator.Authenticate(Token("none"), default).Failure);
    }

    [Fact]
    public void Secret_in_a_public_set_is_refused() =>
        Assert.Contains(
            "mixes", RefusalOf(Issuer.PublicJwk(), TestTokens.SecretJwk("s", RandomNumberGenerator.GetBytes(32))), StringComparison.Ordinal);

    [Fact]
    public void Weak_RSA_key_is_refused()
    {
        Assert.Contains("2048", RefusalOf(RsaJwk(1024)), StringComparison.Ordinal);
        foreach (var exponent in (byte[][])[[1], [3], [1, 0, 0], [1, 0, 0, 0, 1]])
        {
            var jwk = RsaJwk(2048);
            jwk["e"] = TestTokens.Segment(exponent);
            Assert.Contains("exponent", RefusalOf(jwk), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, "RS256", true)]
    [InlineData(null, "PS256", true)]
    [InlineData("PS256", "PS256", true)]
    [InlineData("PS256", "RS256", false)]
    [InlineData(null, "RS512", false)]
    [InlineData(null, "ES256", false)]
    public void RSA_key_verifies_RS256_and_PS256_unless_its_alg_says_which(string? keyAlgorithm, string tokenAlgorithm, bool accepted)
    {
        using var rsa = RSA.Create(2048);
        var authenticator = Issuer.Authenticator(o => o.Keys = TestTokens.KeySet(TestTokens.RsaJwk(rsa, "rsa", keyAlgorithm)));
        var signed = TestTokens.Segment(Issuer.Header(h => (h["alg"], h["kid"]) = (tokenAlgorithm, "rsa")).ToJsonString())
            + "." + TestTokens.Segment(TestTokens.Claims().ToJsonString());
        var signature = rsa.SignData(
            System.Text.Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            tokenAlgorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);

        Assert.Equal(accepted, authenticator.Authenticate($"{signed}.{TestTokens.Segment(signature)}", default).Succeeded);
    }

    [Fact]
    public void Key_for_something_else_is_ignored_and_does_not_verify()
    {
        var encryption = Issuer.PublicJwk();
        encryption["use"] = "enc";
        var other = new TestTokens("other");
        var authenticator = Issuer.Authenticator(o => o.Keys = TestTokens.KeySet(encryption, other.PublicJwk()));

        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(Issuer.Mint(), default).Failure);
        Assert.True(authenticator.Authenticate(other.Mint(), default).Succeeded);
        Assert.Contains("holds no key", RefusalOf(encryption), StringComparison.Ordinal);
    }

    [Fact]
    public void Point_off_the_curve_is_refused()
    {
        var jwk = Issuer.PublicJwk();
        jwk["y"] = TestTokens.Segment([.. new byte[31], 1]);
        Assert.Contains("not on the curve", RefusalOf(jwk), StringComparison.Ordinal);
    }

    [Fact]
    public void Later_change_of_the_options_changes_nothing()
    {
        var options = Issuer.Options();
        var authenticator = TestTokens.Authenticator(options);
        options.Audience = "https://other.example";

        Assert.True(authenticator.Authenticate(Issuer.Mint(), default).Succeeded);
        Assert.False(authenticator.Authenticate(Issuer.Mint(c => c["aud"] = "https://other.example"), default).Succeeded);
    }
}
