using System.Security.Cryptography;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Identity;

/// <summary>The settings by the names an operator writes, and what a host makes of them.</summary>
public sealed class AuthenticationConfigurationTests
{
    private static AuthenticationOptions Bind(params (string Key, string Value)[] settings)
    {
        var options = new McpSecurityOptions();
        McpSecuritySettings.Bind(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(static s => new KeyValuePair<string, string?>("McpSecurity:Authentication:" + s.Key, s.Value)))
                .Build(),
            options);
        return options.Authentication;
    }

    private static string Refusal(Action<AuthenticationOptions> change)
    {
        var options = new McpSecurityOptions();
        options.Authentication.Issuer = TestTokens.Issuer;
        options.Authentication.Audience = TestTokens.Audience;
        options.Authentication.Keys = new TestTokens().PublicKeySet();
        change(options.Authentication);
        return Assert.Throws<McpSecurityConfigurationException>(() =>
            new HostSecurity(options, [], [], isHttp: false, isLocal: true, TimeProvider.System, NullLoggerFactory.Instance)).Message;
    }

    [Fact]
    public void Given_every_setting_by_name_then_each_is_read()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var options = Bind(
            ("Issuer", "https://one.example"),
            ("Audience", "https://mcp.example"),
            ("KeyFile", "keys.json"),
            ("JwksUri", "https://one.example/jwks"),
            ("JwksRefreshInterval", "00:05:00"),
            ("AllowPrivateAddresses", "true"),
            ("Algorithms:0", "ES256"),
            ("RequireDPoP", "true"),
            ("MaxTokenLifetime", "00:10:00"),
            ("TokenIdClaim", "uti"),
            ("AllowMissingType", "true"),
            ("Issuers:0:Issuer", "https://two.example"),
            ("Issuers:0:Audience", "api://two"),
            ("Issuers:0:JwksUri", "https://two.example/jwks"),
            ("Issuers:0:JwksRefreshInterval", "00:02:00"),
            ("Issuers:0:AllowPrivateAddresses", "true"),
            ("Issuers:0:MaxTokenLifetime", "01:00:00"),
            ("Issuers:0:RequireDPoP", "true"),
            ("Issuers:0:TokenIdClaim", "token_id"),
            ("Issuers:0:AllowMissingType", "true"),
            ("Issuers:0:Algorithms:0", "PS256"),
            ("Issuers:1:Issuer", "https://three.example"),
            ("Issuers:1:Keys", "{}"),
            ("DPoP:ProofLifetime", "00:00:30"),
            ("DPoP:ClockSkew", "00:00:01"),
            ("DPoP:RequireNonce", "false"),
            ("DPoP:NonceKey", key),
            ("DPoPRequiredFor:0", "write:files"),
            ("Revocation:CheckInterval", "00:00:00.200"),
            ("Revocation:Timeout", "00:00:00.100"),
            ("Revocation:WhenUnavailable", "Accept"),
            ("Revocation:UseDistributedCache", "true"));

        Assert.Equal(("https://one.example", "keys.json", "https://one.example/jwks"), (options.Issuer, options.KeyFile, options.JwksUri));
        Assert.Equal((TimeSpan.FromMinutes(5), true, true), (options.JwksRefreshInterval, options.AllowPrivateAddresses, options.RequireDPoP));
        Assert.Equal(["ES256"], options.Algorithms);
        Assert.Equal((TimeSpan.FromMinutes(10), "uti", true), (options.MaxTokenLifetime, options.TokenIdClaim, options.AllowMissingType));
        Assert.Collection(
            options.Issuers,
            static two =>
            {
                Assert.Equal(("https://two.example", "api://two", "https://two.example/jwks"), (two.Issuer, two.Audience, two.JwksUri));
                Assert.Equal((TimeSpan.FromMinutes(2), true, TimeSpan.FromHours(1)), (two.JwksRefreshInterval, two.AllowPrivateAddresses, two.MaxTokenLifetime));
                Assert.Equal((true, "token_id", true), (two.RequireDPoP, two.TokenIdClaim, two.AllowMissingType));
                Assert.Equal(["PS256"], two.Algorithms);
            },
            static three => Assert.Equal(
                ("https://three.example", "{}", "jti", false), (three.Issuer, three.Keys, three.TokenIdClaim, three.AllowMissingType)));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), false, key), (options.DPoP.ProofLifetime, options.DPoP.ClockSkew, options.DPoP.RequireNonce, options.DPoP.NonceKey));
        Assert.Equal(["write:files"], options.DPoPRequiredFor);
        Assert.Equal((TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100)), (options.Revocation.CheckInterval, options.Revocation.Timeout));
        Assert.Equal((RevocationOutage.Accept, true), (options.Revocation.WhenUnavailable, options.Revocation.UseDistributedCache));
    }

    [Fact]
    public void Given_mistakes_in_several_parts_then_one_start_names_them_all_and_touches_no_log()
    {
        var folder = Directory.CreateTempSubdirectory("mcpsec-settings-");
        try
        {
            var options = new McpSecurityOptions();
            options.Roles["auditor"] = ["read:filez"];
            options.Roots["workspace"] = new() { Path = "relative" };
            options.Confirmation.Key = "short";
            options.Authentication.DPoPRequiredFor = ["write:filez"];

            void Refuses(params string[] named)
            {
                var problems = Assert.Throws<McpSecurityConfigurationException>(() =>
                    new HostSecurity(options, [], [], isHttp: false, isLocal: true, TimeProvider.System, NullLoggerFactory.Instance)).Problems;
                Assert.All(named, setting => Assert.Single(problems, problem => problem.Contains("McpSecurity:" + setting, StringComparison.Ordinal)));
            }

            string[] parts =
                ["Authentication:Issuer is", "Authentication:KeyFile is", "Roles:auditor", "Roots:workspace", "Confirmation:Key", "Authentication:DPoPRequiredFor"];
            Refuses([.. parts, "Audit:Path"]);

            options.Audit.Path = Path.Combine(folder.FullName, "attempts.jsonl");
            Refuses(parts);
            Assert.Empty(folder.GetFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Given_an_unknown_capability_that_demands_a_proof_then_the_host_does_not_start() => Assert.Contains(
        "McpSecurity:Authentication:DPoPRequiredFor names the unknown capability 'write:filez'",
        Refusal(static o => o.DPoPRequiredFor = ["write:files", "write:filez"]),
        StringComparison.Ordinal);

    [Fact]
    public void Given_a_shared_list_wanted_and_no_cache_then_the_host_does_not_start() => Assert.Contains(
        "McpSecurity:Authentication:Revocation:UseDistributedCache",
        Refusal(static o => o.Revocation.UseDistributedCache = true),
        StringComparison.Ordinal);
}
