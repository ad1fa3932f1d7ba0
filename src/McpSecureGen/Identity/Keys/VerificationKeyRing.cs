namespace McpSecureGen.Identity;

/// <summary>Keys that are configured: holds the current <see cref="KeyEpoch"/> and renews it when the key file changes.</summary>
internal sealed class VerificationKeyRing : IKeyRing
{
    /// <summary>Large issuers publish some ten keys of one to two kilobytes.</summary>
    public const int MaxKeyFileBytes = 256 * 1024;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly WatchedTextFile? _file;
    private readonly IReadOnlyCollection<string> _algorithms;
    private readonly TimeProvider _time;
    private readonly Lock _checking = new();
    private KeyEpoch? _epoch;
    private string? _json;
    private long _checkedAt;

    public VerificationKeyRing(
        VerificationKeySet keys, string json, WatchedTextFile? file, IReadOnlyCollection<string> algorithms, TimeProvider time)
    {
        _file = file;
        _algorithms = algorithms;
        _time = time;
        _json = json;
        _epoch = new(keys);
        _checkedAt = time.GetTimestamp();
    }

    /// <summary>The keys in force; null when the file has become unreadable or unsafe, until it is mended. The old keys do not live on meanwhile.</summary>
    public KeyEpoch? Current
    {
        get
        {
            if (_file is null || !IsCheckDue())
            {
                return Volatile.Read(ref _epoch);
            }

            lock (_checking)
            {
                if (IsCheckDue())
                {
                    Renew(_file);
                    Volatile.Write(ref _checkedAt, _time.GetTimestamp());
                }

                return _epoch;
            }
        }
    }

    public bool IsFetchWorthwhile(AuthenticationFailure verdict) => false;

    public Task FetchAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsCheckDue()
    {
        var elapsed = _time.GetElapsedTime(Volatile.Read(ref _checkedAt));
        return elapsed >= CheckInterval || elapsed < TimeSpan.Zero;
    }

    private void Renew(WatchedTextFile file)
    {
        string json;
        try
        {
            json = file.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _json = null;
            Volatile.Write(ref _epoch, null);
            return;
        }

        if (!string.Equals(json, _json, StringComparison.Ordinal))
        {
            // Closed before the new set is read, so that not even a failure of the reading itself leaves the old one in force.
            _json = null;
            Volatile.Write(ref _epoch, null);
            if (VerificationKeySet.TryParse(json, _algorithms, fromNetwork: false, out _) is { } keys)
            {
                Volatile.Write(ref _epoch, new(keys));
                _json = json;
            }
        }
    }
}
