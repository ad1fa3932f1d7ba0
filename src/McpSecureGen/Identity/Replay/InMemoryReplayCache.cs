namespace McpSecureGen.Identity;

/// <summary>The replay memory of one process. When it is full of things that are still valid it refuses new ones; it never forgets to make room.</summary>
internal sealed class InMemoryReplayCache(TimeProvider time, int capacity = InMemoryReplayCache.DefaultCapacity) : IReplayCache
{
    /// <summary>At a hundred bytes each some 20 MB, and more than a thousand proofs a second for their lifetime of a minute.</summary>
    public const int DefaultCapacity = 100_000;

    public const int MaxKeyLength = 256;

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _soonestFirst = new();
    private readonly Lock _using = new();

    public ValueTask<bool> TryUseAsync(string key, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_using)
        {
            var now = time.GetUtcNow();
            while (_soonestFirst.TryPeek(out var oldest, out var end) && end <= now)
            {
                _soonestFirst.Dequeue();
                _used.Remove(oldest);
            }

            if (until <= now || _used.Count >= capacity || !_used.Add(key))
            {
                return new(false);
            }

            _soonestFirst.Enqueue(key, until);
            return new(true);
        }
    }
}
