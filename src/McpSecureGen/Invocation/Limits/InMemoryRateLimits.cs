using System.Threading.RateLimiting;

namespace McpSecureGen.Invocation;

/// <summary>Counts in this process, in fixed windows that begin with the first call after the last one has ended.</summary>
/// <remarks>
/// The number of counters is bounded, because a token issuer can be talked into any number of subjects (CWE-770): counters that are full again are
/// dropped, and while there is no room, new callers are refused.
/// </remarks>
internal sealed class InMemoryRateLimits(TimeProvider time, int capacity = InMemoryRateLimits.DefaultCapacity) : IRateLimitStore
{
    internal const int DefaultCapacity = 65_536;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(RateLimitKey, RateLimitRule), Counter> _counters = [];
    private long _lastSweep = time.GetTimestamp();

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _counters.Count;
            }
        }
    }

    public ValueTask<RateLimitLease> AcquireAsync(RateLimitKey key, RateLimitRule rule, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_counters.TryGetValue((key, rule), out var counter))
            {
                if (_counters.Count >= capacity && !Sweep())
                {
                    return new(new RateLimitLease(false, SweepEvery));
                }

                _counters[(key, rule)] = counter = new Counter(rule, time);
            }

            return new(counter.Acquire());
        }
    }

    /// <summary>Drops counters whose window has ended. At most once a second: a flood must not buy a walk over all of them with each call.</summary>
    private bool Sweep()
    {
        if (time.GetElapsedTime(_lastSweep) < SweepEvery)
        {
            return false;
        }

        _lastSweep = time.GetTimestamp();
        foreach (var (key, counter) in _counters)
        {
            if (counter.IsOver)
            {
                counter.Dispose();
                _counters.Remove(key);
            }
        }

        return _counters.Count < capacity;
    }

    /// <summary>One window at a time; the limiter counts, and our clock says when the next begins.</summary>
    private sealed class Counter(RateLimitRule rule, TimeProvider time) : IDisposable
    {
        private FixedWindowRateLimiter _window = Window(rule);
        private long _began = time.GetTimestamp();

        internal bool IsOver => time.GetElapsedTime(_began) >= rule.Window;

        internal RateLimitLease Acquire()
        {
            if (IsOver)
            {
                _window.Dispose();
                _window = Window(rule);
                _began = time.GetTimestamp();
            }

            using var lease = _window.AttemptAcquire();
            return lease.IsAcquired ? new(true, TimeSpan.Zero) : new(false, rule.Window - time.GetElapsedTime(_began));
        }

        public void Dispose() => _window.Dispose();

        private static FixedWindowRateLimiter Window(RateLimitRule rule) => new(new FixedWindowRateLimiterOptions
        {
            PermitLimit = rule.Permits,
            Window = rule.Window,
            QueueLimit = 0,
            AutoReplenishment = false,
        });
    }
}
