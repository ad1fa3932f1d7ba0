using McpSecureGen.Redis.Tests.Support;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.Redis.Tests;

public sealed class RedisReplayCacheTests : IDisposable
{
    private readonly TestTokens _issuer = new();
    private readonly RedisServer _redis = new();

    public RedisReplayCacheTests() => _redis.Start();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Given_two_instances_then_one_of_many_uses_wins()
    {
        await using var here = new ServerInstance(_redis.Configuration, _issuer);
        await using var there = new ServerInstance(_redis.Configuration, _issuer);
        for (var round = 0; round < 20; round++)
        {
            var until = DateTimeOffset.UtcNow.AddMinutes(1);
            var uses = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
                (n % 2 == 0 ? here : there).Used.TryUseAsync($"key {round}", until, default).AsTask()));
            Assert.Single(uses, true);
            Assert.True(await there.Used.TryUseAsync($"another {round}", until, default));
        }
    }

    [Fact]
    public async Task Given_a_key_that_expired_then_it_may_be_used_again()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        Assert.False(await server.Used.TryUseAsync("past", DateTimeOffset.UtcNow.AddSeconds(-1), default));
        Assert.True(await server.Used.TryUseAsync("soon", DateTimeOffset.UtcNow.AddMilliseconds(300), default));
        Assert.False(await server.Used.TryUseAsync("soon", DateTimeOffset.UtcNow.AddMilliseconds(300), default));
        var deadline = Environment.TickCount64 + 5000;
        while (!await server.Used.TryUseAsync("soon", DateTimeOffset.UtcNow.AddMinutes(1), default))
        {
            Assert.True(Environment.TickCount64 < deadline);
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Given_Redis_gone_then_nothing_counts_as_first_used()
    {
        await using var server = new ServerInstance(_redis.Configuration, _issuer);
        Assert.True(await server.Used.TryUseAsync("a", DateTimeOffset.UtcNow.AddMinutes(1), default));
        _redis.Kill();
        await Assert.ThrowsAnyAsync<Exception>(async () => await server.Used.TryUseAsync("b", DateTimeOffset.UtcNow.AddMinutes(1), default));
    }
}
