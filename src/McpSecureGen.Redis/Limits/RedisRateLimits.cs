using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpSecureGen.Invocation;
using StackExchange.Redis;

namespace McpSecureGen.Redis;

/// <summary>Counts calls in Redis, for all processes together: a log of the moments of the last calls, by Redis's own clock.</summary>
/// <remarks>
/// <para>Why the log and not something smaller: in no window of the given length, wherever it starts, are more than the given calls let through. A counter per
/// window lets twice as many through around its edge, and the generic cell rate algorithm either so too or no burst at all. The price is some 20 bytes
/// of Redis for each permit of each caller who called within the window.</para>
/// <para>By Redis's clock: those of five machines differ by more than the five percent that a limit may be off.</para>
/// </remarks>
internal sealed class RedisRateLimits(RedisConnection connection, OutageLog outages) : IRateLimitStore
{
    /// <summary>What a client is told while Redis cannot be asked: an answer, not a promise.</summary>
    private static readonly TimeSpan RetryInOutage = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Zero when the call may go on, otherwise the microseconds until it may. One script is one step: no other process comes in between. Numbers
    /// are formatted by hand because Lua would write a moment as 1.8e+15.
    /// </summary>
    private const string Script =
        """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local permits, window = tonumber(ARGV[1]), tonumber(ARGV[2])
        local count = redis.call('LLEN', KEYS[1])
        while count > 0 and tonumber(redis.call('LINDEX', KEYS[1], 0)) <= now - window do
          redis.call('LPOP', KEYS[1])
          count = count - 1
        end
        if count < permits then
          redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
          redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
          return 0
        end
        return math.max(1, tonumber(redis.call('LINDEX', KEYS[1], count - permits)) + window - now)
        """;

    public async ValueTask<RateLimitLease> AcquireAsync(RateLimitKey key, RateLimitRule rule, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Permits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Window, TimeSpan.FromMilliseconds(1));
        try
        {
            var database = await connection.DatabaseAsync(cancellationToken).ConfigureAwait(false);
            var wait = (long)await database
                .ScriptEvaluateAsync(Script, [NameOf(key, rule)], [rule.Permits, (long)rule.Window.TotalMicroseconds])
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            outages.Succeeded();
            return wait == 0 ? new(true, TimeSpan.Zero) : new(false, TimeSpan.FromMicroseconds(wait));
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            outages.Failed(error, "limited calls are refused");
            return new(false, RetryInOutage);
        }
    }

    /// <summary>A hash of each part: a caller's name is no key, and no two callers have one. The rule is part of it, so that a changed rule starts anew.</summary>
    private RedisKey NameOf(RateLimitKey key, RateLimitRule rule) => string.Create(
        CultureInfo.InvariantCulture,
        $"{connection.KeyPrefix}mcpsec:rate:{Hash(key.Primitive)}:{Hash(key.Caller)}:{rule.Permits}:{(long)rule.Window.TotalMilliseconds}");

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
