using McpSecureGen.Identity;

namespace McpSecureGen.Invocation;

/// <summary>Asks the store whether a caller may make one more call of one primitive.</summary>
internal sealed class CallAllowance
{
    /// <summary>A store that does not answer in this time has not said yes.</summary>
    internal static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    private const string AllPrimitives = "*";

    private readonly SecurityServices _security;
    private readonly string _primitive;
    private readonly RateLimitRule? _own;
    private readonly RateLimitRule? _all;

    internal CallAllowance(SecurityServices security, PrimitivePolicy policy, string method, string name)
    {
        _security = security;
        _primitive = $"{method} {name}";
        _own = policy.RateLimit;
        _all = security.Limits.CallsPerMinute > 0 ? new RateLimitRule(security.Limits.CallsPerMinute, TimeSpan.FromMinutes(1)) : null;
    }

    /// <summary>Counts the call. Null: it may go on; otherwise why not, and when to come again.</summary>
    internal ValueTask<Excess?> CountAsync(Caller caller, CancellationToken cancellationToken) =>
        _own is null && _all is null ? default : CountCoreAsync(caller, cancellationToken);

    private async ValueTask<Excess?> CountCoreAsync(Caller caller, CancellationToken cancellationToken)
    {
        // The client is left out: whoever registers a second client has no second allowance.
        var who = $"{caller.Issuer.Length}:{caller.Issuer}{caller.Subject}";
        try
        {
            return await AskAsync(new RateLimitKey(AllPrimitives, who), _all, cancellationToken).ConfigureAwait(false) ??
                await AskAsync(new RateLimitKey(_primitive, who), _own, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Fail closed: a store that breaks has not said yes.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new Excess("rate_limit_unavailable", AnswerTime);
        }
    }

    private async ValueTask<Excess?> AskAsync(RateLimitKey key, RateLimitRule? rule, CancellationToken cancellationToken)
    {
        if (rule is not { } present)
        {
            return null;
        }

        var asked = _security.RateLimits.AcquireAsync(key, present, cancellationToken);
        var lease = asked.IsCompletedSuccessfully
            ? asked.Result
            : await asked.AsTask().WaitAsync(AnswerTime, _security.Time, cancellationToken).ConfigureAwait(false);
        return lease.IsAcquired ? null : new Excess("rate_limited", lease.RetryAfter);
    }
}

/// <summary>Why a call is one too many.</summary>
internal sealed record Excess(string Reason, TimeSpan RetryAfter)
{
    /// <summary>Whole seconds, rounded up, so that whoever keeps to them is let in.</summary>
    internal int RetryAfterSeconds => (int)Math.Clamp(Math.Ceiling(RetryAfter.TotalSeconds), 1, PrimitivePolicy.LongestTime.TotalSeconds);
}
