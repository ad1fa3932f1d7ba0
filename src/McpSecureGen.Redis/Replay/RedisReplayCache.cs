using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using McpSecureGen.Identity;
using StackExchange.Redis;

namespace McpSecureGen.Redis;

/// <summary>Remembers in Redis what was used once: <c>SET NX PX</c>, one command that one process alone can win.</summary>
internal sealed class RedisReplayCache(RedisConnection connection, OutageLog outages, TimeProvider time) : IReplayCache
{
    public async ValueTask<bool> TryUseAsync(string key, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, 256);
        var remaining = until - time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            var database = await connection.DatabaseAsync(cancellationToken).ConfigureAwait(false);
            var name = $"{connection.KeyPrefix}mcpsec:used:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
            var isFirst = await database.StringSetAsync(name, "1", remaining, When.NotExists).WaitAsync(cancellationToken).ConfigureAwait(false);
            outages.Succeeded();
            return isFirst;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            outages.Failed(error, "proofs and confirmations are refused");
            throw;
        }
    }
}
