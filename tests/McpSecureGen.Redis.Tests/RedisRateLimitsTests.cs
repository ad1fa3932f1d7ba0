using McpSecureGen.Invocation;
using McpSecureGen.Redis.Tests.Support;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Redis.Tests;

public sealed class RedisRateLimitsTests : IDisposable
{
    private static readonly RateLimitKey Key = new("tools/call read_file", "alice");

    private readonly TestTokens _issuer = new();
    private readonly RedisServer _redis = new();

    public RedisRateLimitsTests() => _redis.Start();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Given_two_instances_then_exactly_the_permits_are_let_through_in_one_window()
    {
        await using var here = new ServerInstance(_redis.Configuration, _issuer);
        await using var there = new ServerInstance(_redis.Configuration, _issuer);
        var rule = new RateLimitRule(100, TimeSpan.FromSeconds(30));
        var leases = await Task.WhenAll(Enumerable.Range(0, 300).Select(n =>
            (n % 2 == 0 ? here : there).Limits.AcquireAsync(Key, rule, default).AsTask()));

        Assert.Equal(100, leases.Count(static lease => lease.IsAcquired));
        Assert.All(leases.Where(static lease => !lease.IsAcquired), lease => Assert.InRange(lease.RetryAfter, TimeSpan.FromTicks(1), rule.Window));
        Assert.True((await there.Limits.AcquireAsync(Key with { Caller = "bob" }, rule, default)).IsAcquired);
        Assert.True((await there.Limits.AcquireAsync(Key with { Primitive = "tools/call other" }, rule, default)).IsAcquired);
    }

    [Fact]
    public async Task Given_the_time_it_was_told_then_the_next_call_passes_and_not_before()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        var rule = new RateLimitRule(2, TimeSpan.FromSeconds(2));
        Assert.True((await server.Limits.AcquireAsync(Key, rule, default)).IsAcquired);
        await Task.Delay(1_000);
        Assert.True((await server.Limits.AcquireAsync(Key, rule, default)).IsAcquired);
        var refused = await server.Limits.AcquireAsync(Key, rule, default);
        Assert.False(refused.IsAcquired);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1_000));

        // A timer of this process may fire some milliseconds before the clock of Redis is there.
        await Task.Delay(refused.RetryAfter + TimeSpan.FromMilliseconds(50));
        Assert.True((await server.Limits.AcquireAsync(Key, rule, default)).IsAcquired);
        Assert.False((await server.Limits.AcquireAsync(Key, rule, default)).IsAcquired);
    }

    [Fact]
    public async Task Given_Redis_gone_then_refused_and_said_so_and_recovered()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        var rule = new RateLimitRule(1000, TimeSpan.FromSeconds(1));
        Assert.True((await server.Limits.AcquireAsync(Key, rule, default)).IsAcquired);
        _redis.Kill();
        for (var call = 0; call < 5; call++)
        {
            var lease = await server.Limits.AcquireAsync(Key, rule, default);
            Assert.False(lease.IsAcquired);
            Assert.True(lease.RetryAfter > TimeSpan.Zero);
        }

        Assert.Equal(1, server.Log.Count(LogLevel.Warning));
        _redis.Start();
        for (var deadline = Environment.TickCount64 + 15_000; !(await server.Limits.AcquireAsync(Key, rule, default)).IsAcquired; await Task.Delay(20))
        {
            Assert.True(Environment.TickCount64 < deadline, "not recovered");
        }

        Assert.Equal(1, server.Log.Count(LogLevel.Information));
    }
}
