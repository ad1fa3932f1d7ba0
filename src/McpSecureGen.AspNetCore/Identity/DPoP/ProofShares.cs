namespace McpSecureGen.Identity;

/// <summary>How much of the memory of used proofs one key may fill, so that a single client cannot fill it and have all others refused.</summary>
/// <remarks>A vessel that leaks: what is in it falls by <see cref="Greatest"/> in the lifetime of a proof. Only keys of accepted tokens are counted.</remarks>
internal sealed class ProofShares(TimeSpan lifetime, TimeProvider time)
{
    /// <summary>
    /// What is in the vessel and what leaks out while a proof lives make an eighth of the memory of a process: a hundred calls a second with the lifetime of a
    /// minute, and 6,250 at once.
    /// </summary>
    public const int Greatest = InMemoryReplayCache.DefaultCapacity / 16;

    /// <summary>When so many keys are known, those that have nothing in the memory any more are forgotten.</summary>
    private const int Many = 1024;

    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private readonly Lock _sharing = new();
    private int _sweepAt = Many;

    /// <summary>How many keys are known.</summary>
    public int Count
    {
        get
        {
            lock (_sharing)
            {
                return _shares.Count;
            }
        }
    }

    /// <summary>Whether the key may have one more proof remembered.</summary>
    public bool HasRoom(string thumbprint)
    {
        lock (_sharing)
        {
            return !_shares.TryGetValue(thumbprint, out var share) || LevelOf(share) <= Greatest - 1;
        }
    }

    /// <summary>Counts a proof that was remembered.</summary>
    public void Add(string thumbprint)
    {
        lock (_sharing)
        {
            var level = _shares.TryGetValue(thumbprint, out var share) ? LevelOf(share) : 0;
            _shares[thumbprint] = new(level + 1, time.GetTimestamp());
            if (_shares.Count >= _sweepAt)
            {
                foreach (var (key, known) in _shares)
                {
                    if (LevelOf(known) <= 0)
                    {
                        _shares.Remove(key);
                    }
                }

                _sweepAt = Math.Max(Many, _shares.Count * 2);
            }
        }
    }

    private double LevelOf(in Share share) => Math.Max(0, share.Level - (time.GetElapsedTime(share.At) / lifetime * Greatest));

    private readonly record struct Share(double Level, long At);
}
