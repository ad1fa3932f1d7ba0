using Microsoft.Extensions.Logging;

namespace McpSecureGen.Redis;

/// <summary>Says that Redis does not answer, at most once in ten seconds, and that it answers again.</summary>
internal sealed partial class OutageLog(ILogger log, TimeProvider time)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private readonly Lock _changing = new();
    private bool _isFailing;
    private long _warnedAt;

    public void Failed(Exception error, string consequence)
    {
        lock (_changing)
        {
            if (_isFailing && time.GetElapsedTime(_warnedAt) < BetweenWarnings)
            {
                return;
            }

            _isFailing = true;
            _warnedAt = time.GetTimestamp();
        }

        RedisFailed(error.GetType().Name, consequence);
    }

    public void Succeeded()
    {
        // Read without the lock first: it is false on nearly every call.
        if (!Volatile.Read(ref _isFailing))
        {
            return;
        }

        lock (_changing)
        {
            if (!_isFailing)
            {
                return;
            }

            _isFailing = false;
        }

        RedisRecovered();
    }

    [LoggerMessage(1201, LogLevel.Warning, "Redis does not answer ({Error}). Until it does, {Consequence}.")]
    private partial void RedisFailed(string error, string consequence);

    [LoggerMessage(1202, LogLevel.Information, "Redis answers again.")]
    private partial void RedisRecovered();
}
