using System.Text.Json.Nodes;
using McpSecureGen.Cli.Tests.Support;
using McpSecureGen.Cli.Tokens;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.Configuration;

namespace McpSecureGen.Cli.Tests;

public sealed class RevokeTests : IAsyncLifetime
{
    private readonly Bench _bench = new();
    private RedisProcess? _redis;
    private string _settings = "";

    public async ValueTask InitializeAsync()
    {
        await _bench.NewKeys();
        _bench.Time.Set(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        if (RedisProcess.IsInstalled)
        {
            _redis = await RedisProcess.Start(_bench.Folder);
            _settings = Settings(_redis.Configuration);
        }
    }

    public ValueTask DisposeAsync()
    {
        _redis?.Dispose();
        _bench.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Given_a_token_in_a_file_when_revoked_then_servers_refuse_it_and_no_other()
    {
        SkipWithoutRedis();
        var (revoked, other) = (_bench.Write("token", await _bench.Issue()), await _bench.Issue());

        var run = (await _bench.Run("token", "revoke", "--file", revoked, "--config", _settings)).Expect(ExitCodes.Good);

        Assert.Contains("is revoked", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisProcess.Password, run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(AuthenticationFailure.Revoked, (await Judge(await File.ReadAllTextAsync(revoked))).Failure);
        Assert.True((await Judge(other)).Succeeded);
    }

    [Fact]
    public async Task Given_a_token_id_when_revoked_then_servers_refuse_that_token()
    {
        SkipWithoutRedis();
        var token = await _bench.Issue();
        var id = CompactToken.TryRead(token)!.Payload.GetProperty("jti").GetString()!;
        string[] revoke = ["token", "revoke", "--jti", id, "--config", _settings, "--json"];

        (await _bench.Run([.. revoke, "--issuer", "https://another.example"])).Expect(ExitCodes.Good);
        Assert.True((await Judge(token)).Succeeded);

        var run = (await _bench.Run([.. revoke, "--issuer", Bench.Issuer, "--expires", "2100-01-01T00:00:00Z"])).Expect(ExitCodes.Good);
        Assert.Equal(id, run.Json["jti"]!.GetValue<string>());
        Assert.Equal(AuthenticationFailure.Revoked, (await Judge(token)).Failure);
    }

    [Fact]
    public void Given_an_issuer_that_names_the_id_otherwise_when_revoking_a_file_then_that_claim_is_the_id()
    {
        var token = new TestTokens().Mint(static c => c["uti"] = "uti-1");
        var servers = new AuthenticationOptions();
        servers.Issuers.Add(new() { Issuer = TestTokens.Issuer, TokenIdClaim = "uti" });

        Assert.Equal("uti-1", RevocationTarget.Of(token, "token", servers).TokenId);
        Assert.Equal("uti-1", RevocationTarget.Of(token, "token", new() { Issuer = TestTokens.Issuer, TokenIdClaim = "uti" }).TokenId);
        Assert.Equal("token-1", RevocationTarget.Of(token, "token", new() { Issuer = "https://other.example", TokenIdClaim = "uti" }).TokenId);
        Assert.Contains(
            "TokenIdClaim",
            Assert.Throws<CliException>(() => RevocationTarget.Of(new TestTokens().Mint(static c => c.Remove("jti")), "token", new())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_subject_when_revoked_then_its_tokens_until_then_are_refused_and_later_ones_count()
    {
        SkipWithoutRedis();
        var before = await _bench.Issue();
        (await _bench.Run("token", "revoke", "--subject", "alice", "--issuer", Bench.Issuer, "--config", _settings)).Expect(ExitCodes.Good);
        // Past the clock skew: the issuer's clock may be ahead by that much, so what it dates up to then counts as issued before.
        _bench.Time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(AuthenticationFailure.Revoked, (await Judge(before)).Failure);
        Assert.True((await Judge(await _bench.Issue())).Succeeded);
    }

    [Fact]
    public async Task Given_a_store_that_is_gone_when_revoking_then_it_says_that_nothing_is_revoked_and_no_password()
    {
        var settings = Settings($"127.0.0.1:{RedisProcess.FreePort()},password={RedisProcess.Password},connectTimeout=500,connectRetry=0");

        var run = (await _bench.Run("token", "revoke", "--subject", "alice", "--issuer", Bench.Issuer, "--config", settings, "--json"))
            .Expect(ExitCodes.StoreUnavailable);

        Assert.Contains("not revoked", run.Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(RedisProcess.Password, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:1,password=correct-horse-battery,noSuchOption=1")]
    [InlineData("127.0.0.1:1,password=correct-horse-battery,ssl=perhaps")]
    public async Task Given_a_configuration_that_cannot_be_read_when_revoking_then_it_is_named_without_its_text(string redis)
    {
        var run = (await _bench.Run("token", "revoke", "--subject", "alice", "--issuer", Bench.Issuer, "--config", Settings(redis)))
            .Expect(ExitCodes.ConfigurationOrFile);

        Assert.Contains("McpSecurity:Redis:Configuration", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("correct-horse", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_key_prefix_when_revoking_then_only_servers_with_that_prefix_know()
    {
        SkipWithoutRedis();
        var token = await _bench.Issue();
        var settings = _bench.Write(
            "prefix.json", $$"""{ "McpSecurity": { "Redis": { "Configuration": "{{_redis!.Configuration}}", "KeyPrefix": "staging:" } } }""");
        (await _bench.Run("token", "revoke", "--subject", "alice", "--issuer", Bench.Issuer, "--config", settings)).Expect(ExitCodes.Good);

        Assert.True((await Judge(token)).Succeeded);
        _settings = settings;
        Assert.Equal(AuthenticationFailure.Revoked, (await Judge(token)).Failure);
    }

    [Fact]
    public async Task Given_a_wrong_password_when_revoking_then_the_store_is_unavailable()
    {
        SkipWithoutRedis();
        var settings = Settings($"127.0.0.1:{_redis!.Port},password=wrong-password,connectTimeout=1000,connectRetry=0");

        var run = (await _bench.Run("token", "revoke", "--subject", "alice", "--issuer", Bench.Issuer, "--config", settings)).Expect(ExitCodes.StoreUnavailable);

        Assert.DoesNotContain("wrong-password", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_another_issuer_than_the_servers_when_revoking_then_it_is_warned_of()
    {
        SkipWithoutRedis();
        var settings = ServerSettings(_redis!.Configuration);
        string[] revoke = ["token", "revoke", "--subject", "alice", "--config", settings, "--issuer"];

        Assert.Contains("do not accept", (await _bench.Run([.. revoke, Bench.Issuer + "/"])).Expect(ExitCodes.Good).Error, StringComparison.Ordinal);
        Assert.Empty((await _bench.Run([.. revoke, Bench.Issuer])).Expect(ExitCodes.Good).Error);
    }

    [Fact]
    public async Task Given_a_revoked_token_when_inspected_with_the_servers_settings_then_the_verdict_is_Revoked()
    {
        SkipWithoutRedis();
        var file = _bench.Write("token", await _bench.Issue());
        string[] inspect = ["token", "inspect", "--json", "--file", file, "--config", ServerSettings(_redis!.Configuration)];
        (await _bench.Run(inspect)).Expect(ExitCodes.Good);

        (await _bench.Run("token", "revoke", "--file", file, "--config", _settings)).Expect(ExitCodes.Good);
        var run = (await _bench.Run(inspect)).Expect(ExitCodes.CheckFailed);
        Assert.Equal(nameof(AuthenticationFailure.Revoked), run.Json["verdict"]!["failure"]!.GetValue<string>());

        inspect[^1] = ServerSettings($"127.0.0.1:{RedisProcess.FreePort()}");
        run = (await _bench.Run(inspect)).Expect(ExitCodes.CheckFailed);
        Assert.Equal(nameof(AuthenticationFailure.Unavailable), run.Json["verdict"]!["failure"]!.GetValue<string>());
    }

    [Fact]
    public async Task Given_the_environment_when_a_real_process_revokes_then_the_store_is_found_there()
    {
        SkipWithoutRedis();
        var token = await _bench.Issue();

        (await CliProcess.Run(
            _bench.Folder,
            $"McpSecurity__Redis__Configuration='{_redis!.Configuration}' mcpsec token revoke --subject alice --issuer {Bench.Issuer}")).Expect(ExitCodes.Good);

        Assert.Equal(AuthenticationFailure.Revoked, (await Judge(token)).Failure);
    }

    [Theory]
    [InlineData(ExitCodes.Usage)]
    [InlineData(ExitCodes.Usage, "--jti", "a", "--subject", "b", "--issuer", "c")]
    [InlineData(ExitCodes.Usage, "--jti", "a")]
    [InlineData(ExitCodes.Usage, "--file", "token", "--issuer", "a")]
    [InlineData(ExitCodes.Usage, "--jti", "a", "--issuer", "b", "--expires", "tomorrow")]
    [InlineData(ExitCodes.Usage, "--subject", "a", "--issuer", "b", "--expires", "2100-01-01T00:00:00Z")]
    [InlineData(ExitCodes.Usage, "--subject", "", "--issuer", "b")]
    [InlineData(ExitCodes.ConfigurationOrFile, "--subject", "a", "--issuer", "b")]
    [InlineData(ExitCodes.ConfigurationOrFile, "--file", "no-such-file")]
    public async Task Given_a_revocation_that_cannot_be_when_asked_for_then_it_is_refused(int exitCode, params string[] more)
    {
        var run = (await _bench.Run(["token", "revoke", "--json", .. more])).Expect(exitCode);

        Assert.Equal(exitCode, run.Json["error"]!["exitCode"]!.GetValue<int>());
    }

    private static void SkipWithoutRedis() => Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not installed.");

    private string Settings(string redis) =>
        _bench.Write($"settings-{Guid.NewGuid():N}.json", $$"""{ "McpSecurity": { "Redis": { "Configuration": "{{redis}}" } } }""");

    private string ServerSettings(string redis) => _bench.Write($"server-{Guid.NewGuid():N}.json", new JsonObject
    {
        ["McpSecurity"] = new JsonObject
        {
            ["Authentication"] = new JsonObject { ["Issuer"] = Bench.Issuer, ["Audience"] = Bench.Audience, ["KeyFile"] = _bench.PublicFile },
            ["Redis"] = new JsonObject { ["Configuration"] = redis },
        },
    }.ToJsonString());

    /// <summary>A server that shares the store and has not asked about this token yet.</summary>
    private async Task<AuthenticationResult> Judge(string token)
    {
        await using var store = RevocationStore.Open(new ConfigurationBuilder().AddJsonFile(_settings).Build(), _bench.Time);
        return await _bench.JudgeAsync(token, store.List);
    }
}
