using McpSecureGen.Identity;
using McpSecureGen.Redis.Tests.Support;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Redis.Tests;

public sealed class RedisRevocationTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly TestTokens _issuer = new();
    private readonly RedisServer _redis = new();

    public RedisRevocationTests() => _redis.Start();

    public void Dispose() => _redis.Dispose();

    private string Token(string id, string subject = "alice") => ServerInstance.Token(_issuer, id, subject);

    [Fact]
    public async Task Given_a_token_in_use_everywhere_then_its_revocation_is_seen_by_another_instance_within_a_second()
    {
        await using var here = new ServerInstance(_redis.Configuration, _issuer);
        await using var there = new ServerInstance(_redis.Configuration, _issuer);
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < 10; round++)
        {
            var (token, other) = (Token($"{round}"), Token($"other-{round}"));
            await there.UntilAsync(token, AuthenticationFailure.None, Patience);
            Assert.Equal(AuthenticationFailure.None, await there.JudgeAsync(other));
            await here.Revocation.RevokeTokenAsync(TestTokens.Issuer, $"{round}", DateTimeOffset.UtcNow.AddMinutes(4));
            var taken = await there.UntilAsync(token, AuthenticationFailure.Revoked, Patience);
            slowest = taken > slowest ? taken : slowest;
            Assert.Equal(AuthenticationFailure.None, await there.JudgeAsync(other));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Slowest of ten: {slowest.TotalMilliseconds:F0} ms.");
        Assert.True(slowest < Second, $"{slowest}");
    }

    [Fact]
    public async Task Given_a_revoked_subject_then_another_instance_refuses_its_tokens_and_no_others()
    {
        await using var here = new ServerInstance(_redis.Configuration, _issuer);
        await using var there = new ServerInstance(_redis.Configuration, _issuer);
        await there.UntilAsync(Token("1"), AuthenticationFailure.None, Patience);
        await here.Revocation.RevokeSubjectAsync(TestTokens.Issuer, "alice", DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10));
        Assert.True(await there.UntilAsync(Token("2"), AuthenticationFailure.Revoked, Patience) < Second);
        Assert.Equal(AuthenticationFailure.None, await there.JudgeAsync(Token("3", "bob")));
    }

    [Fact]
    public async Task Given_Redis_gone_then_refused_and_said_so_and_when_it_is_back_the_server_recovers_by_itself()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        var token = Token("a");
        await server.UntilAsync(token, AuthenticationFailure.None, Patience);

        _redis.Kill();
        var refusedAfter = await server.UntilAsync(token, AuthenticationFailure.Unavailable, Patience);
        Assert.Equal(AuthenticationFailure.Unavailable, await server.JudgeAsync(Token("new")));
        Assert.Contains(server.Log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("refused", StringComparison.Ordinal));

        _redis.Start();
        var acceptedAfter = await server.UntilAsync(token, AuthenticationFailure.None, Patience);
        Assert.Contains(server.Log.Lines, static line => line.Level == LogLevel.Information && line.Text.Contains("again", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Refused {refusedAfter.TotalMilliseconds:F0} ms after Redis went, accepted {acceptedAfter.TotalMilliseconds:F0} ms after it came back.");
        Assert.True(refusedAfter < Second, $"{refusedAfter}");
    }

    [Fact]
    public async Task Given_Redis_hanging_then_refused_in_time_and_recovered()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        var token = Token("a");
        await server.UntilAsync(token, AuthenticationFailure.None, Patience);
        _redis.Pause(TimeSpan.FromSeconds(2));
        Assert.True(await server.UntilAsync(token, AuthenticationFailure.Unavailable, Patience) < Second + Second / 2);
        await server.UntilAsync(token, AuthenticationFailure.None, Patience);
    }

    [Fact]
    public async Task Given_no_Redis_at_the_start_then_refused_and_accepted_once_it_is_there()
    {
        _redis.Kill();
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        Assert.Equal(AuthenticationFailure.Unavailable, await server.JudgeAsync(Token("a")));
        _redis.Start();
        await server.UntilAsync(Token("a"), AuthenticationFailure.None, Patience);
    }

    [Fact]
    public async Task Given_the_degraded_mode_then_an_outage_accepts_what_was_not_seen_revoked()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer, static o => o.WhenUnavailable = RevocationOutage.Accept);
        var (good, revoked) = (Token("good"), Token("revoked"));
        await server.Revocation.RevokeTokenAsync(TestTokens.Issuer, "revoked", DateTimeOffset.UtcNow.AddMinutes(4));
        await server.UntilAsync(revoked, AuthenticationFailure.Revoked, Patience);
        Assert.Equal(AuthenticationFailure.None, await server.JudgeAsync(good));

        _redis.Kill();
        for (var until = Environment.TickCount64 + 1500; Environment.TickCount64 < until; await Task.Delay(20))
        {
            Assert.Equal(AuthenticationFailure.None, await server.JudgeAsync(good));
            Assert.Equal(AuthenticationFailure.Revoked, await server.JudgeAsync(revoked));
        }

        Assert.Contains(server.Log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("accepted", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Exception>(() => server.Revocation.RevokeTokenAsync(TestTokens.Issuer, "x", DateTimeOffset.UtcNow.AddMinutes(1)));
    }
}
