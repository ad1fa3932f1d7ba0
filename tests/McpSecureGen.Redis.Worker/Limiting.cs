using System.Globalization;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Redis.Worker;

/// <summary>Hammers the shared limit between two moments and prints how many calls were let through.</summary>
internal static class Limiting
{
    private const int Hammers = 4;

    /// <param name="arguments">Redis, permits, window in milliseconds, start and end in milliseconds since 1970.</param>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        long Number(int position) => long.Parse(arguments[position], CultureInfo.InvariantCulture);
        await using var services = new ServiceCollection().AddMcpSecurityRedis(o => o.Configuration = arguments[0]).BuildServiceProvider();
        var limits = services.GetRequiredService<IRateLimitStore>();
        var rule = new RateLimitRule((int)Number(1), TimeSpan.FromMilliseconds(Number(2)));
        var (start, end) = (DateTimeOffset.FromUnixTimeMilliseconds(Number(3)), DateTimeOffset.FromUnixTimeMilliseconds(Number(4)));

        // Connected before the clock starts.
        while (!(await limits.AcquireAsync(new("warm", "up"), rule, default)).IsAcquired)
        {
            await Task.Delay(20);
        }

        var left = start - TimeProvider.System.GetUtcNow();
        if (left < TimeSpan.Zero)
        {
            await Console.Error.WriteLineAsync("Too late: the machine is too busy to start in time.");
            return 1;
        }

        await Task.Delay(left);
        var acquired = await Task.WhenAll(Enumerable.Range(0, Hammers).Select(_ => HammerAsync(limits, rule, end)));
        await Console.Out.WriteLineAsync(acquired.Sum().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<int> HammerAsync(IRateLimitStore limits, RateLimitRule rule, DateTimeOffset end)
    {
        var count = 0;
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var lease = await limits.AcquireAsync(new("tools/call count", "alice"), rule, default);
            count += lease.IsAcquired ? 1 : 0;

            // Wait as told, in small steps so that every freed permit has several takers.
            if (!lease.IsAcquired)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(lease.RetryAfter.TotalMilliseconds, 1, 5)));
            }
        }

        return count;
    }
}
