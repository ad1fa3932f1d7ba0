using System.Security.Cryptography;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

public sealed class SeveralIssuersTests
{
    private const string OtherIssuer = "https://other.example/tenant";

    private static readonly TestTokens One = new("one");
    private static readonly TestTokens Other = new("other");

    private static string OtherToken(TestTokens by, string iss = OtherIssuer) => by.Mint(c => c["iss"] = iss);

    private static CallerAuthenticator Authenticator(Action<IssuerOptions>? change = null) => One.Authenticator(o => o.Issuers.Add(Entry(change)));

    private static IssuerOptions Entry(Action<IssuerOptions>? change = null)
    {
        var entry = new IssuerOptions { Issuer = OtherIssuer, Keys = Other.PublicKeySet() };
        change?.Invoke(entry);
        return entry;
    }

    private static string Refusal(Action<AuthenticationOptions> change) =>
        Assert.Throws<McpSecurityConfigurationException>(() => One.Authenticator(change)).Message;

    [Fact]
    public void Given_two_issuers_then_each_token_is_its_own_issuers()
    {
        var authenticator = Authenticator();
        Assert.Equal(TestTokens.Issuer, authenticator.Authenticate(One.Mint(), default).Caller!.Issuer);
        Assert.Equal(OtherIssuer, authenticator.Authenticate(OtherToken(Other), default).Caller!.Issuer);
    }

    [Fact]
    public void Given_a_key_of_another_issuer_then_it_verifies_nothing_here()
    {
        var authenticator = Authenticator();
        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(OtherToken(One), default).Failure);
        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(Other.Mint(), default).Failure);

        // The same name for two keys: the issuer's own is tried, and does not fit.
        var namesake = new TestTokens(One.Kid);
        authenticator = Authenticator(i => i.Keys = namesake.PublicKeySet());
        Assert.Equal(AuthenticationFailure.BadSignature, authenticator.Authenticate(namesake.Mint(), default).Failure);
        Assert.Equal(AuthenticationFailure.BadSignature, authenticator.Authenticate(OtherToken(One), default).Failure);
        Assert.True(authenticator.Authenticate(OtherToken(namesake), default).Succeeded);
        Assert.True(authenticator.Authenticate(One.Mint(), default).Succeeded);
    }

    [Theory]
    [InlineData(OtherIssuer, true)]
    [InlineData(OtherIssuer + "/", false)]
    [InlineData("https://other.example", false)]
    [InlineData("https://OTHER.example/tenant", false)]
    [InlineData(" " + OtherIssuer, false)]
    [InlineData("", false)]
    public void Given_a_spelling_of_the_issuer_then_only_the_exact_one_counts(string iss, bool accepted) =>
        Assert.Equal(
            accepted ? AuthenticationFailure.None : AuthenticationFailure.WrongIssuer,
            Authenticator().Authenticate(OtherToken(Other, iss), default).Failure);

    [Fact]
    public void Given_an_entry_then_its_audience_lifetime_and_algorithms_are_its_own()
    {
        var authenticator = Authenticator(i => (i.Audience, i.MaxTokenLifetime) = ("api://files", TimeSpan.FromMinutes(1)));
        string Token(string audience, int seconds) => Other.Mint(c =>
            (c["iss"], c["aud"], c["exp"]) = (OtherIssuer, audience, TestTokens.Now.AddSeconds(seconds).ToUnixTimeSeconds()));

        Assert.True(authenticator.Authenticate(Token("api://files", 60), default).Succeeded);
        Assert.Equal(AuthenticationFailure.WrongAudience, authenticator.Authenticate(Token(TestTokens.Audience, 60), default).Failure);
        Assert.Equal(AuthenticationFailure.LifetimeTooLong, authenticator.Authenticate(Token("api://files", 61), default).Failure);
        Assert.True(authenticator.Authenticate(One.Mint(), default).Succeeded);

        authenticator = Authenticator(i => (i.Keys, i.Algorithms) =
            (TestTokens.KeySet(Other.PublicJwk(), TestTokens.RsaJwk(RSA.Create(2048), "rsa")), ["PS256"]));
        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(OtherToken(Other), default).Failure);
    }

    [Fact]
    public async Task Given_an_issuer_that_must_bind_its_tokens_then_an_unbound_one_is_refused()
    {
        var authenticator = Authenticator(i => i.RequireDPoP = true);
        Assert.Equal(AuthenticationFailure.ProofRequired, (await authenticator.AuthenticateAsync(OtherToken(Other), default, default)).Failure);
        Assert.True((await authenticator.AuthenticateAsync(One.Mint(), default, default)).Succeeded);
    }

    [Fact]
    public void Given_the_list_alone_then_the_section_needs_no_issuer()
    {
        var options = new AuthenticationOptions { Audience = TestTokens.Audience };
        options.Issuers.Add(Entry());
        Assert.True(TestTokens.Authenticator(options).Authenticate(OtherToken(Other), default).Succeeded);
    }

    [Fact]
    public void Given_a_wrong_entry_then_the_server_does_not_start_and_names_it()
    {
        Assert.Contains("Issuers:0:Issuer names", Refusal(o => o.Issuers.Add(Entry(i => i.Issuer = TestTokens.Issuer))), StringComparison.Ordinal);
        Assert.Contains("Issuers:0:Issuer is not set", Refusal(o => o.Issuers.Add(Entry(i => i.Issuer = null))), StringComparison.Ordinal);
        Assert.Contains("Issuers:0:KeyFile is not set", Refusal(o => o.Issuers.Add(Entry(i => i.Keys = null))), StringComparison.Ordinal);
        Assert.Contains("Issuers:0:Algorithms", Refusal(o => o.Issuers.Add(Entry(i => i.Algorithms = ["none"]))), StringComparison.Ordinal);
        Assert.Contains("Issuers:0:MaxTokenLifetime", Refusal(o => o.Issuers.Add(Entry(i => i.MaxTokenLifetime = TimeSpan.FromDays(2)))), StringComparison.Ordinal);
        Assert.Contains("Issuers:1:Issuer names", Refusal(o => { o.Issuers.Add(Entry()); o.Issuers.Add(Entry()); }), StringComparison.Ordinal);
        Assert.Contains("Authentication:Issuer is not set", Refusal(o => { o.Issuer = null; o.Issuers.Add(Entry()); }), StringComparison.Ordinal);
        Assert.Contains(
            "Issuers:0:JwksUri is set together", Refusal(o => o.Issuers.Add(Entry(i => i.JwksUri = "https://a.example/k"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://a.example/jwks")]
    [InlineData("https://user:secret@a.example/jwks")]
    [InlineData("https://a.example/jwks#x")]
    [InlineData("file:///etc/jwks")]
    [InlineData("jwks.json")]
    [InlineData("//a.example/jwks")]
    public void Given_an_address_that_is_not_plain_https_then_the_server_does_not_start(string address) => Assert.Contains(
        "Issuers:0:JwksUri must be an https address",
        Refusal(o => o.Issuers.Add(Entry(i => (i.Keys, i.JwksUri) = (null, address)))),
        StringComparison.Ordinal);

    [Fact]
    public void Given_a_DPoP_setting_out_of_range_then_the_server_does_not_start()
    {
        Assert.Contains("DPoP:ProofLifetime", Refusal(o => o.DPoP.ProofLifetime = TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Contains("DPoP:ClockSkew", Refusal(o => o.DPoP.ClockSkew = TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        Assert.Contains("DPoP:NonceKey", Refusal(o => o.DPoP.NonceKey = "short"), StringComparison.Ordinal);
        Assert.Contains("DPoP:NonceKey", Refusal(o => o.DPoP.NonceKey = ""), StringComparison.Ordinal);
        One.Authenticator(o => o.DPoP.NonceKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    [Theory]
    [InlineData("RequireDPoP")]
    [InlineData("AllowPrivateAddresses")]
    [InlineData("AllowMissingType")]
    [InlineData("TokenIdClaim")]
    public void Given_entries_alone_then_a_setting_of_the_sections_own_issuer_stops_the_server(string setting)
    {
        var tokens = new TestTokens();
        var options = new AuthenticationOptions { Audience = TestTokens.Audience };
        options.Issuers.Add(new IssuerOptions { Issuer = TestTokens.Issuer, Keys = tokens.PublicKeySet() });
        Assert.NotNull(TestTokens.Authenticator(options));

        typeof(AuthenticationOptions).GetProperty(setting)!.SetValue(options, setting == "TokenIdClaim" ? "uti" : true);

        var error = Assert.Throws<McpSecurityConfigurationException>(() => TestTokens.Authenticator(options));
        Assert.Contains($"McpSecurity:Authentication:{setting} is set", Assert.Single(error.Problems), StringComparison.Ordinal);
    }
}
