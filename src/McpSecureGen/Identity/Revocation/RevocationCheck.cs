using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Identity;

/// <summary>
/// Asks the list about each token at most once in an interval, whoever and however many use it. Half an interval ahead the question is asked behind the
/// callers' backs, so that a token in use is never waited for.
/// </summary>
internal sealed partial class RevocationCheck
{
    /// <summary>Tokens seen revoked, kept for outages. More than this many revoked tokens that still live are not expected.</summary>
    private const int MaxSeen = 10_000;

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private readonly TokenRevocation _list;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _ahead;
    private readonly TimeSpan _timeout;
    private readonly bool _accept;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly Lock _logging = new();
    private long _warnedAt;
    private bool _isFailing;

    public RevocationCheck(TokenRevocation list, RevocationOptions options, TimeProvider time, ILogger log)
    {
        _list = list;
        _interval = options.CheckInterval;
        _ahead = options.CheckInterval / 2;
        _timeout = options.Timeout;
        _accept = options.WhenUnavailable == RevocationOutage.Accept;
        _time = time;
        _log = log;
    }

    /// <summary>The answer that is fresh enough; null when the list has to be waited for. Allocates nothing while there is nothing to ask.</summary>
    public RevocationAnswer? Known(RevocationState state)
    {
        if (state.IsRevoked)
        {
            return RevocationAnswer.Revoked;
        }

        var hasFailed = IsWithin(state.FailedAt, _ahead);
        if (IsWithin(state.AnsweredAt, _interval))
        {
            if (!hasFailed && !IsWithin(state.AnsweredAt, _ahead))
            {
                _ = Ask(state);
            }

            return RevocationAnswer.Clear;
        }

        // An outage costs one wait in half an interval and not one for each call.
        return hasFailed ? Unanswered(state) : null;
    }

    /// <summary>Waits for the list, together with whoever else asks about this token. Throws nothing but the cancellation.</summary>
    public Task<RevocationAnswer> AskAsync(RevocationState state, CancellationToken cancellationToken) => Ask(state).WaitAsync(cancellationToken);

    private bool IsWithin(long timestamp, TimeSpan span) => timestamp != 0 && _time.GetElapsedTime(timestamp) is var age && age >= TimeSpan.Zero && age < span;

    private Task<RevocationAnswer> Ask(RevocationState state)
    {
        lock (state.Asking)
        {
            // A cache may do work before its first await; this lock must not be held meanwhile.
            return state.Question is { IsCompleted: false } question
                ? question
                : state.Question = _list.IsInProcess ? RunAsync(state) : Task.Run(() => RunAsync(state));
        }
    }

    private async Task<RevocationAnswer> RunAsync(RevocationState state)
    {
        var askedAt = _time.GetTimestamp();
        try
        {
            bool isRevoked;
            using (var limit = new CancellationTokenSource(_timeout, _time))
            {
                // Both: a cache may ignore the token.
                isRevoked = await _list.IsRevokedAsync(state.TokenKey, state.SubjectKey, state.IssuedAt, limit.Token)
                    .WaitAsync(_timeout, _time).ConfigureAwait(false);
            }

            if (isRevoked)
            {
                Remember(state);
            }

            state.Answered(askedAt, isRevoked);
            Recover();
            return isRevoked ? RevocationAnswer.Revoked : RevocationAnswer.Clear;
        }
#pragma warning disable CA1031 // A list that fails, however it fails, has not answered.
        catch (Exception error)
#pragma warning restore CA1031
        {
            state.Failed(_time.GetTimestamp());
            Warn(error);
            return Unanswered(state);
        }
    }

    private RevocationAnswer Unanswered(RevocationState state)
    {
        if (!_accept)
        {
            return RevocationAnswer.Unavailable;
        }

        return _seen.ContainsKey(state.TokenKey) ? RevocationAnswer.Revoked : RevocationAnswer.Clear;
    }

    private void Remember(RevocationState state)
    {
        if (_seen.Count >= MaxSeen)
        {
            var now = _time.GetUtcNow();
            foreach (var (key, until) in _seen)
            {
                if (until < now)
                {
                    _seen.TryRemove(key, out _);
                }
            }
        }

        if (_seen.Count < MaxSeen)
        {
            _seen[state.TokenKey] = state.ExpiresAt + TimeSpan.FromMinutes(1);
        }
    }

    private void Warn(Exception error)
    {
        lock (_logging)
        {
            if (_isFailing && IsWithin(_warnedAt, BetweenWarnings))
            {
                return;
            }

            _isFailing = true;
            _warnedAt = _time.GetTimestamp();
        }

        ListFailed(error.GetType().Name, _accept ? "accepted unless this process knows better" : "refused");
    }

    private void Recover()
    {
        // Read without the lock first: it is false on nearly every call.
        if (!Volatile.Read(ref _isFailing))
        {
            return;
        }

        lock (_logging)
        {
            if (!_isFailing)
            {
                return;
            }

            _isFailing = false;
        }

        ListRecovered();
    }

    [LoggerMessage(1111, LogLevel.Warning, "The list of revoked tokens does not answer ({Error}). Until it does, every token is {Consequence}.")]
    private partial void ListFailed(string error, string consequence);

    [LoggerMessage(1112, LogLevel.Information, "The list of revoked tokens answers again.")]
    private partial void ListRecovered();
}
