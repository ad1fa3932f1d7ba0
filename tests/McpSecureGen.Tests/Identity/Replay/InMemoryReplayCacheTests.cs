using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity.Replay;

public sealed class InMemoryReplayCacheTests
{
    private readonly ManualTime _time = new(TestTokens.Now);

    private static readonly DateTimeOffset Soon = TestTokens.Now.AddMinutes(1);

    [Fact]
    public async Task Given_a_key_then_its_first_use_alone_counts_until_it_expires()
    {
        var cache = new InMemoryReplayCache(_time);
        Assert.True(await cache.TryUseAsync("a", Soon, default));
        Assert.False(await cache.TryUseAsync("a", Soon, default));
        Assert.True(await cache.TryUseAsync("b", Soon, default));
        Assert.False(await cache.TryUseAsync("expired", TestTokens.Now, default));

        _time.Set(Soon);
        Assert.True(await cache.TryUseAsync("a", Soon.AddMinutes(1), default));
    }

    [Fact]
    public async Task Given_a_full_memory_then_new_keys_are_refused_and_old_ones_are_not_forgotten()
    {
        var cache = new InMemoryReplayCache(_time, capacity: 2);
        Assert.True(await cache.TryUseAsync("a", Soon, default));
        Assert.True(await cache.TryUseAsync("b", Soon.AddMinutes(1), default));
        Assert.False(await cache.TryUseAsync("c", Soon, default));
        Assert.False(await cache.TryUseAsync("a", Soon, default));

        _time.Set(Soon);
        Assert.True(await cache.TryUseAsync("c", Soon.AddMinutes(1), default));
        Assert.False(await cache.TryUseAsync("b", Soon.AddMinutes(1), default));
    }

    [Fact]
    public async Task Given_many_at_once_then_one_wins()
    {
        var cache = new InMemoryReplayCache(TimeProvider.System);
        var until = TimeProvider.System.GetUtcNow().AddMinutes(1);
        var uses = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await cache.TryUseAsync("a", until, default))));
        Assert.Single(uses, true);
    }

    [Fact]
    public async Task Given_a_key_of_more_than_256_characters_then_it_is_an_error() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await new InMemoryReplayCache(_time).TryUseAsync(new string('x', 257), Soon, default));
}
