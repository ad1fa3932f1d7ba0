using Microsoft.Extensions.Logging;

namespace McpSecureGen.Identity;

/// <summary>Keys that are fetched from the issuer and kept: renewed before they are old, on an unknown key, and never more often than they should be.</summary>
internal sealed partial class RemoteKeyRing : IKeyRing
{
    /// <summary>Whatever happens, one fetch in this time: ten thousand tokens with invented <c>kid</c>s are one request.</summary>
    internal static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(30);

    /// <summary>While there are no keys at all every caller is refused, so the wait is shorter.</summary>
    internal static readonly TimeSpan BetweenFirstFetches = TimeSpan.FromSeconds(5);

    /// <summary>How long keys count that cannot be renewed: an issuer may be down for a day, a withdrawn key must not live for ever.</summary>
    internal static readonly TimeSpan LongestAge = TimeSpan.FromHours(24);

    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly IKeySetSource _source;
    private readonly string _setting;
    private readonly IReadOnlyCollection<string> _algorithms;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _fetching = new();

    private State _state = new(null, null, null, null, Failed: false);
    private Task? _flight;
    private long? _warnedAt;

    /// <summary>Starts the first fetch.</summary>
    public RemoteKeyRing(
        IKeySetSource source, string setting, IReadOnlyCollection<string> algorithms, TimeSpan interval, TimeProvider time, ILogger log)
    {
        _source = source;
        _setting = setting;
        _algorithms = algorithms;
        _interval = interval;
        _time = time;
        _log = log;
        _ = Flight();
    }

    public KeyEpoch? Current
    {
        get
        {
            var state = Volatile.Read(ref _state);

            // Ahead of time, so that no caller waits; four fifths leave two minutes of ten for an issuer that is slow to answer.
            if (Age(state.FetchedAt) >= _interval * 0.8 && MayFetch(state))
            {
                _ = Flight();
            }

            return Age(state.FetchedAt) <= LongestAge ? state.Epoch : null;
        }
    }

    public bool IsFetchWorthwhile(AuthenticationFailure verdict)
    {
        var state = Volatile.Read(ref _state);
        return verdict switch
        {
            AuthenticationFailure.UnknownKey or AuthenticationFailure.Unavailable => MayFetch(state) || IsFetching,

            // After a failure the keys in hand do, and the next attempt is made behind the callers' backs.
            _ => !state.Failed && Age(state.FetchedAt) > _interval && (MayFetch(state) || IsFetching),
        };
    }

    public Task FetchAsync(CancellationToken cancellationToken) => Flight().WaitAsync(cancellationToken);

    private bool IsFetching => Volatile.Read(ref _flight) is { IsCompleted: false };

    private TimeSpan Age(long? timestamp) => timestamp is { } since ? _time.GetElapsedTime(since) : TimeSpan.MaxValue;

    private bool MayFetch(State state) => Age(state.AttemptedAt) >= (state.Epoch is null ? BetweenFirstFetches : BetweenFetches);

    /// <summary>The fetch under way, or a new one if one may be made; callers share it, and none of them can cancel it.</summary>
    private Task Flight()
    {
        lock (_fetching)
        {
            if (_flight is { IsCompleted: false } flight)
            {
                return flight;
            }

            if (!MayFetch(_state))
            {
                return Task.CompletedTask;
            }

            Volatile.Write(ref _state, _state with { AttemptedAt = _time.GetTimestamp() });
            return _flight = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(FetchLimit, _time);
            var json = await _source.FetchAsync(limit.Token).WaitAsync(FetchLimit, _time).ConfigureAwait(false);
            Accept(json);
        }
#pragma warning disable CA1031 // A fetch that fails, however it fails, leaves what was there and is tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _state, _state with { Failed = true });
            Warn(error.GetType().Name + ": " + error.Message);
        }
    }

    private void Accept(string json)
    {
        if (string.Equals(json, _state.Json, StringComparison.Ordinal))
        {
            Volatile.Write(ref _state, _state with { FetchedAt = _time.GetTimestamp(), Failed = false });
        }
        else if (!VerificationKeySet.IsKeySet(json))
        {
            // A page of the network in between says nothing about the keys.
            throw new HttpRequestException("the answer is not a JSON Web Key Set.");
        }
        else if (VerificationKeySet.TryParse(json, _algorithms, fromNetwork: true, out var problems) is { } keys)
        {
            Volatile.Write(ref _state, _state with { Epoch = new(keys), Json = json, FetchedAt = _time.GetTimestamp(), Failed = false });
            KeysFetched(_setting);
            _warnedAt = null;
        }
        else
        {
            // The issuer's own word that its keys are unsafe: nothing that they signed counts.
            Volatile.Write(ref _state, _state with { Epoch = null, Json = null, Failed = true });
            Warn(string.Join(" ", problems));
        }
    }

    private void Warn(string problem)
    {
        if (Age(_warnedAt) >= BetweenWarnings)
        {
            _warnedAt = _time.GetTimestamp();
            FetchFailed(_setting, problem, Volatile.Read(ref _state).Epoch is null ? "Every caller of this issuer is refused" : "The keys in hand are used");
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "{Setting}: the key set could not be fetched: {Problem} {Consequence} until it can.")]
    private partial void FetchFailed(string setting, string problem, string consequence);

    [LoggerMessage(1102, LogLevel.Information, "{Setting}: the key set was fetched.")]
    private partial void KeysFetched(string setting);

    /// <summary>What is known of the issuer's keys, replaced as a whole.</summary>
    private sealed record State(KeyEpoch? Epoch, string? Json, long? FetchedAt, long? AttemptedAt, bool Failed);
}
