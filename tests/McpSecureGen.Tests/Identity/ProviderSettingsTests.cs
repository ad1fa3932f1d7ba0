using System.Text.Json.Nodes;
using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity.Revocation;

namespace McpSecureGen.Tests.Identity;

/// <summary>Tokens as Entra ID, Okta and Kubernetes make them: refused unless the settings of their issuer, and of no other, say otherwise.</summary>
public sealed class ProviderSettingsTests
{
    private const string OtherIssuer = "https://other.example/tenant";

    private static readonly TestTokens One = new("one");
    private static readonly TestTokens Other = new("other");

    private static AuthenticationFailure Judge(CallerAuthenticator authenticator, string token) => authenticator.Authenticate(token, default).Failure;

    private static string Untyped(TestTokens by, string iss = TestTokens.Issuer) => by.Mint(c => c["iss"] = iss, static h => h.Remove("typ"));

    private static string WithUti(TestTokens by, string iss = TestTokens.Issuer, string? jti = null) => by.Mint(c =>
    {
        (c["iss"], c["uti"]) = (iss, "uti-1");
        c.Remove("jti");
        if (jti is not null)
        {
            c["jti"] = jti;
        }
    });

    private static Action<AuthenticationOptions> Entry(Action<IssuerOptions> change) => options =>
    {
        var entry = new IssuerOptions { Issuer = OtherIssuer, Keys = Other.PublicKeySet() };
        change(entry);
        options.Issuers.Add(entry);
    };

    [Fact]
    public void Given_no_setting_then_a_token_without_type_or_jti_is_refused()
    {
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, Judge(One.Authenticator(), Untyped(One)));
        Assert.Equal(AuthenticationFailure.MissingClaim, Judge(One.Authenticator(), WithUti(One)));
        Assert.Equal(AuthenticationFailure.None, Judge(One.Authenticator(), One.Mint()));
    }

    [Fact]
    public void Given_the_settings_in_the_section_then_its_tokens_are_accepted()
    {
        Assert.Equal(AuthenticationFailure.None, Judge(One.Authenticator(o => o.AllowMissingType = true), Untyped(One)));
        var result = One.Authenticator(o => o.TokenIdClaim = "uti").Authenticate(WithUti(One, jti: "ignored"), default);
        Assert.Equal("uti-1", result.Caller!.TokenId);
    }

    [Fact]
    public void Given_the_settings_of_one_entry_then_the_other_issuer_stays_strict()
    {
        var authenticator = One.Authenticator(Entry(static e => (e.AllowMissingType, e.TokenIdClaim) = (true, "uti")));
        var both = Other.Mint(static c => { (c["iss"], c["uti"]) = (OtherIssuer, "uti-1"); c.Remove("jti"); }, static h => h.Remove("typ"));

        Assert.Equal(AuthenticationFailure.None, Judge(authenticator, both));
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, Judge(authenticator, Untyped(One)));
        Assert.Equal(AuthenticationFailure.MissingClaim, Judge(authenticator, WithUti(One)));
        Assert.Equal(AuthenticationFailure.None, Judge(authenticator, One.Mint()));
    }

    [Fact]
    public void Given_the_settings_of_the_section_then_an_entry_stays_strict()
    {
        var authenticator = One.Authenticator(o =>
        {
            (o.AllowMissingType, o.TokenIdClaim) = (true, "uti");
            Entry(static _ => { })(o);
        });

        Assert.Equal(AuthenticationFailure.UnsupportedHeader, Judge(authenticator, Untyped(Other, OtherIssuer)));
        Assert.Equal(AuthenticationFailure.MissingClaim, Judge(authenticator, WithUti(Other, OtherIssuer)));
        Assert.Equal(AuthenticationFailure.None, Judge(authenticator, Other.Mint(static c => c["iss"] = OtherIssuer)));
    }

    [Theory]
    [InlineData("\"dpop+jwt\"")]
    [InlineData("\"id_token+jwt\"")]
    [InlineData("\"logout+jwt\"")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[\"at+jwt\"]")]
    [InlineData("{}")]
    public void Given_missing_types_allowed_then_any_other_type_stays_refused(string type)
    {
        var authenticator = One.Authenticator(static o => o.AllowMissingType = true);
        Assert.Equal(AuthenticationFailure.UnsupportedHeader, Judge(authenticator, One.Mint(header: h => h["typ"] = JsonNode.Parse(type))));
        Assert.Equal(AuthenticationFailure.None, Judge(authenticator, One.Mint()));
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("crit", "exp")]
    [InlineData("jku", "https://evil.example/jwks")]
    [InlineData("zip", "DEF")]
    public void Given_missing_types_allowed_then_the_rest_of_the_header_is_judged_as_ever(string member, string value) => Assert.Equal(
        AuthenticationFailure.UnsupportedHeader,
        Judge(One.Authenticator(static o => o.AllowMissingType = true), One.Mint(header: h => { h.Remove("typ"); h[member] = value; })));

    [Theory]
    [InlineData("\"\"", AuthenticationFailure.MissingClaim)]
    [InlineData("\"  \"", AuthenticationFailure.MissingClaim)]
    [InlineData("7", AuthenticationFailure.Malformed)]
    [InlineData("[\"a\"]", AuthenticationFailure.Malformed)]
    public void Given_another_claim_for_the_id_then_it_is_as_required_as_jti(string json, AuthenticationFailure expected)
    {
        var authenticator = One.Authenticator(static o => o.TokenIdClaim = "uti");
        Assert.Equal(expected, Judge(authenticator, One.Mint(c => c["uti"] = JsonNode.Parse(json))));
        Assert.Equal(AuthenticationFailure.MissingClaim, Judge(authenticator, One.Mint()));
    }

    [Fact]
    public async Task Given_another_claim_for_the_id_then_a_token_is_revoked_by_it()
    {
        var time = new ManualTime(TestTokens.Now);
        var revocation = new TokenRevocation(new ScriptedCache(), time);
        var vocabulary = CapabilityVocabulary.Create([]);
        var authenticator = new CallerAuthenticator(
            One.Options(static o => o.TokenIdClaim = "uti"), vocabulary, RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), time, revocation);

        await revocation.RevokeTokenAsync(TestTokens.Issuer, "the-jti", TestTokens.Now.AddMinutes(5), TestContext.Current.CancellationToken);
        var token = WithUti(One, jti: "the-jti");
        Assert.True((await authenticator.AuthenticateAsync(token, default, TestContext.Current.CancellationToken)).Succeeded);

        await revocation.RevokeTokenAsync(TestTokens.Issuer, "uti-1", TestTokens.Now.AddMinutes(5), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthenticationFailure.Revoked, (await authenticator.AuthenticateAsync(token, default, TestContext.Current.CancellationToken)).Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("u ti")]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("nbf")]
    [InlineData("iat")]
    [InlineData("scope")]
    [InlineData("scp")]
    [InlineData("roles")]
    [InlineData("cnf")]
    [InlineData("azp")]
    [InlineData("client_id")]
    public void Given_a_name_that_identifies_no_token_then_the_server_does_not_start_and_names_it(string claim)
    {
        static string Refusal(Action<AuthenticationOptions> change) =>
            Assert.Throws<McpSecurityConfigurationException>(() => One.Authenticator(change)).Message;

        Assert.Contains("McpSecurity:Authentication:TokenIdClaim", Refusal(o => o.TokenIdClaim = claim), StringComparison.Ordinal);
        Assert.Contains("McpSecurity:Authentication:Issuers:0:TokenIdClaim", Refusal(Entry(e => e.TokenIdClaim = claim)), StringComparison.Ordinal);
        One.Authenticator(Entry(static e => e.TokenIdClaim = "jti"));
    }
}
