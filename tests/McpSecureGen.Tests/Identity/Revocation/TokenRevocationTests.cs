using System.Text;
using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Tests.Identity.Revocation;

public sealed class TokenRevocationTests
{
    private static readonly TestTokens Issuer = new();

    private readonly ManualTime _time = new(TestTokens.Now.AddSeconds(2));
    private readonly ScriptedCache _cache = new();
    private readonly RecordingLog _log = new();
    private readonly TokenRevocation _list;

    public TokenRevocationTests() => _list = new(_cache, _time);

    private CallerAuthenticator Authenticator(Action<RevocationOptions>? change = null, TokenRevocation? list = null, TimeSpan? skew = null)
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var options = Issuer.Options();
        options.ClockSkew = skew ?? options.ClockSkew;
        change?.Invoke(options.Revocation);
        return new(
            options, vocabulary, RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), _time, list ?? _list, _log, null);
    }

    private static async Task<AuthenticationFailure> JudgeAsync(CallerAuthenticator authenticator, string token) =>
        (await authenticator.AuthenticateAsync(token, CallerSource.CallMeta, default)).Failure;

    private Task RevokeAsync(string tokenId, string issuer = TestTokens.Issuer) => _list.RevokeTokenAsync(issuer, tokenId, TestTokens.Now.AddMinutes(4));

    private static string Token(string id, string subject = "alice") => Issuer.Mint(c => (c["jti"], c["sub"]) = (id, subject));

    [Fact]
    public async Task Given_a_revoked_token_then_it_is_refused_and_others_are_not()
    {
        var authenticator = Authenticator();
        await RevokeAsync("a");
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, Token("a")));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Token("b")));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Token("A")));
    }

    [Fact]
    public async Task Given_the_same_id_of_another_issuer_then_it_is_not_revoked()
    {
        await RevokeAsync("a", "https://other.example");
        await _list.RevokeTokenAsync(TestTokens.Issuer[..^1], TestTokens.Issuer[^1..] + "a", TestTokens.Now.AddMinutes(4));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(Authenticator(), Token("a")));
    }

    [Fact]
    public async Task Given_a_token_in_use_then_its_revocation_is_seen_when_the_last_answer_is_old_enough()
    {
        var authenticator = Authenticator();
        var token = Token("a");
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        await RevokeAsync("a");
        _time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        _time.Advance(TimeSpan.FromMilliseconds(251));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, token));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, token));
    }

    [Fact]
    public async Task Given_a_revoked_subject_then_its_older_tokens_are_refused_and_newer_ones_are_not()
    {
        var authenticator = Authenticator(skew: TimeSpan.Zero);
        await _list.RevokeSubjectAsync(TestTokens.Issuer, "alice", TestTokens.Now.AddSeconds(1.5), TimeSpan.FromMinutes(10));
        string IssuedAt(double seconds, string subject) => Issuer.Mint(c =>
            (c["jti"], c["sub"], c["iat"]) = ($"{subject}{seconds}", subject, TestTokens.Now.AddSeconds(seconds).ToUnixTimeSeconds()));

        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, IssuedAt(-30, "alice")));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, IssuedAt(1, "alice")));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, IssuedAt(2, "alice")));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, IssuedAt(1, "bob")));

        // An earlier moment does not undo a later one.
        await _list.RevokeSubjectAsync(TestTokens.Issuer, "alice", TestTokens.Now.AddHours(-1), TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, IssuedAt(1, "alice")));
    }

    [Fact]
    public async Task Given_an_issuer_whose_clock_is_ahead_then_its_token_does_not_survive_the_revocation_of_its_subject()
    {
        var authenticator = Authenticator(skew: TimeSpan.FromSeconds(10));
        string IssuedAt(int seconds, string subject) => Issuer.Mint(c =>
            (c["jti"], c["sub"], c["iat"]) = ($"{subject}{seconds}", subject, TestTokens.Now.AddSeconds(seconds).ToUnixTimeSeconds()));

        // Issued now by a clock ten seconds ahead, revoked four seconds later.
        var early = IssuedAt(12, "alice");
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, early));
        _time.Advance(TimeSpan.FromSeconds(4));
        await _list.RevokeSubjectAsync(TestTokens.Issuer, "alice", _time.GetUtcNow(), TimeSpan.FromMinutes(10));

        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, early));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, IssuedAt(12, "bob")));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, IssuedAt(17, "alice")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("99999999999999999999")]
    public async Task Given_a_value_that_cannot_be_read_then_revoked(string value)
    {
        _cache.Put(TokenRevocation.SubjectKey(TestTokens.Issuer, "alice"), Encoding.ASCII.GetBytes(value));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(Authenticator(), Token("a")));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(Authenticator(), Token("a", "bob")));
    }

    [Fact]
    public async Task Given_text_of_an_attacker_then_keys_are_hashes_of_one_length()
    {
        await RevokeAsync("x\r\nFLUSHALL\r\n" + new string('y', 5000));
        await _list.RevokeSubjectAsync(TestTokens.Issuer, "*", TestTokens.Now, TimeSpan.FromMinutes(1));
        Assert.All(_cache.Keys, static key => Assert.Matches("\\Amcpsec:revoked:(token|subject):[A-Za-z0-9_-]{43}\\z", key));
    }

    [Fact]
    public async Task Given_a_token_in_use_then_the_list_is_asked_ahead_and_nobody_waits()
    {
        var authenticator = Authenticator();
        var token = Token("a");
        await JudgeAsync(authenticator, token);
        Assert.Equal(2, _cache.Questions);
        _cache.Gate = new TaskCompletionSource().Task;
        _time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.All(
            Enumerable.Range(0, 100).Select(_ => authenticator.AuthenticateAsync(token, CallerSource.CallMeta, default)),
            static answer => Assert.True(answer.IsCompletedSuccessfully));
        for (var deadline = Environment.TickCount64 + 5000; _cache.Questions < 4 && Environment.TickCount64 < deadline;)
        {
            await Task.Delay(5);
        }

        Assert.Equal(4, _cache.Questions);
    }

    [Fact]
    public async Task Given_many_callers_of_a_token_not_asked_about_lately_then_they_share_one_question()
    {
        var authenticator = Authenticator();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cache.Gate = gate.Task;
        var token = Token("a");
        var callers = Enumerable.Range(0, 64).Select(_ => JudgeAsync(authenticator, token)).ToArray();
        await RevokeAsync("a");
        gate.SetResult();
        Assert.All(await Task.WhenAll(callers), static failure => Assert.Equal(AuthenticationFailure.Revoked, failure));
        Assert.Equal(2, _cache.Questions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_list_that_fails_or_hangs_then_refused_said_so_once_and_recovered(bool hangs)
    {
        var authenticator = Authenticator(o => o.Timeout = TimeSpan.FromMilliseconds(50));
        var token = Token("a");
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));

        (_cache.Hangs, _cache.IsDown) = (hangs, !hangs);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, token));
        var asked = _cache.Questions;
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, token));
        Assert.Equal(asked, _cache.Questions);
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, Token("b")));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, token));
        Assert.Equal(1, _log.Count(LogLevel.Warning));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, token));
        Assert.Equal(2, _log.Count(LogLevel.Warning));

        (_cache.Hangs, _cache.IsDown) = (false, false);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        Assert.Equal(1, _log.Count(LogLevel.Information));
    }

    [Fact]
    public async Task Given_the_degraded_mode_then_tokens_count_in_an_outage_except_those_seen_revoked()
    {
        var authenticator = Authenticator(o => o.WhenUnavailable = RevocationOutage.Accept);
        var (good, revoked, unseen) = (Token("good"), Token("revoked"), Token("unseen"));
        await RevokeAsync("revoked");
        await RevokeAsync("unseen");
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, good));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, revoked));

        _cache.IsDown = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, good));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, revoked));
        Assert.Equal(AuthenticationFailure.Revoked, (await authenticator.AuthenticateAsync(revoked, CallerSource.Authorization, default)).Failure);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, unseen));
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("accepted", StringComparison.Ordinal));

        _cache.IsDown = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthenticationFailure.Revoked, await JudgeAsync(authenticator, unseen));
    }

    [Fact]
    public async Task Given_the_list_of_one_process_then_it_answers_at_once()
    {
        var list = TokenRevocation.InProcess(_time);
        var authenticator = Authenticator(list: list);
        await list.RevokeTokenAsync(TestTokens.Issuer, "a", TestTokens.Now.AddMinutes(4));
        await list.RevokeTokenAsync(TestTokens.Issuer, "expired", TestTokens.Now.AddHours(-1));
        var answer = authenticator.AuthenticateAsync(Token("a"), CallerSource.CallMeta, default);
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(AuthenticationFailure.Revoked, (await answer).Failure);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Token("b")));
    }

    [Fact]
    public async Task Given_a_cache_that_did_not_take_it_then_the_revocation_fails_loudly()
    {
        _cache.IsDown = true;
        await Assert.ThrowsAsync<IOException>(() => RevokeAsync("a"));
        await Assert.ThrowsAsync<IOException>(() => _list.RevokeSubjectAsync(TestTokens.Issuer, "a", TestTokens.Now, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Given_a_setting_out_of_range_then_the_server_does_not_start()
    {
        string Refusal(Action<RevocationOptions> change) => Assert.Throws<McpSecurityConfigurationException>(() => Authenticator(change)).Message;

        Assert.Contains("Revocation:CheckInterval", Refusal(o => o.CheckInterval = TimeSpan.FromMilliseconds(1001)), StringComparison.Ordinal);
        Assert.Contains("Revocation:CheckInterval", Refusal(o => o.CheckInterval = TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Contains("Revocation:Timeout", Refusal(o => o.Timeout = TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Contains("Revocation:WhenUnavailable", Refusal(o => o.WhenUnavailable = (RevocationOutage)7), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_token_seen_before_then_judging_it_and_its_rights_allocates_nothing()
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var authenticator = new CallerAuthenticator(
            Issuer.Options(), vocabulary, RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), _time, _list);
        var requirement = vocabulary.Require("files", ["read:files"]);
        var token = Token("a");
        bool Decide()
        {
            var answer = authenticator.AuthenticateAsync(token, CallerSource.CallMeta, default);
            return answer.IsCompletedSuccessfully && answer.Result is { Succeeded: true } result && result.Caller.May(requirement);
        }

        for (var deadline = Environment.TickCount64 + 5000; !Decide() && Environment.TickCount64 < deadline;)
        {
            Thread.Sleep(1);
        }

        for (var warm = 0; warm < 1000; warm++)
        {
            Assert.True(Decide());
        }

        var right = true;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            right &= Decide();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(right);
    }
}
