using McpSecureGen.Invocation;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.Tests.Invocation;

public sealed class InMemoryRateLimitsTests
{
    private static readonly RateLimitRule Two = new(2, TimeSpan.FromSeconds(10));

    private readonly ManualTime _time = new(TestTokens.Now);

    [Fact]
    public async Task Given_a_full_window_then_the_next_call_waits_for_its_end()
    {
        var limits = new InMemoryRateLimits(_time);
        Assert.True((await AskAsync(limits)).IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await AskAsync(limits)).IsAcquired);

        var refused = await AskAsync(limits);
        Assert.Equal(new RateLimitLease(false, TimeSpan.FromSeconds(6)), refused);

        _time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.False((await AskAsync(limits)).IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True((await AskAsync(limits)).IsAcquired);
        Assert.True((await AskAsync(limits)).IsAcquired);
        Assert.False((await AskAsync(limits)).IsAcquired);
    }

    [Fact]
    public async Task Given_other_callers_primitives_and_rules_then_each_counts_by_itself()
    {
        var limits = new InMemoryRateLimits(_time);
        var one = new RateLimitRule(1, TimeSpan.FromSeconds(10));

        Assert.True((await limits.AcquireAsync(new("a", "x"), one, default)).IsAcquired);
        Assert.False((await limits.AcquireAsync(new("a", "x"), one, default)).IsAcquired);
        Assert.True((await limits.AcquireAsync(new("b", "x"), one, default)).IsAcquired);
        Assert.True((await limits.AcquireAsync(new("a", "y"), one, default)).IsAcquired);
        Assert.True((await limits.AcquireAsync(new("a", "x"), Two, default)).IsAcquired);
    }

    [Fact]
    public async Task Given_a_flood_of_callers_then_memory_is_bounded_new_ones_are_refused_and_known_ones_served()
    {
        var limits = new InMemoryRateLimits(_time, capacity: 100);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(i < 100, (await AskAsync(limits, "caller " + i)).IsAcquired);
        }

        Assert.Equal(100, limits.Count);
        Assert.True((await AskAsync(limits, "caller 5")).IsAcquired);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await AskAsync(limits, "caller 5000")).IsAcquired);
        Assert.Equal(1, limits.Count);
    }

    [Fact]
    public async Task Given_many_threads_then_exactly_as_many_pass_as_may()
    {
        var limits = new InMemoryRateLimits(_time);
        var rule = new RateLimitRule(50, TimeSpan.FromSeconds(10));
        var passed = 0;

        await Parallel.ForAsync(0, 1000, async (_, cancellationToken) =>
        {
            if ((await limits.AcquireAsync(new("a", "x"), rule, cancellationToken)).IsAcquired)
            {
                Interlocked.Increment(ref passed);
            }
        });

        Assert.Equal(50, passed);
    }

    private static ValueTask<RateLimitLease> AskAsync(InMemoryRateLimits limits, string caller = "x") => limits.AcquireAsync(new("a", caller), Two, default);
}
