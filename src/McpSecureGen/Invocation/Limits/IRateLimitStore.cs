namespace McpSecureGen.Invocation;

/// <summary>
/// Where calls are counted. In memory by default; one registered in the container replaces it, so that several processes can count together.
/// </summary>
/// <remarks>
/// The promise: of calls with the same key, at most <see cref="RateLimitRule.Permits"/> are let through in one <see cref="RateLimitRule.Window"/>. A
/// store that throws, or does not answer within two seconds, refuses the call. It is asked by many threads at once.
/// </remarks>
public interface IRateLimitStore
{
    /// <summary>Counts one call.</summary>
    /// <param name="key">What is counted.</param>
    /// <param name="rule">How much is allowed.</param>
    /// <param name="cancellationToken">The end of the request, or of the time for an answer.</param>
    ValueTask<RateLimitLease> AcquireAsync(RateLimitKey key, RateLimitRule rule, CancellationToken cancellationToken);
}
