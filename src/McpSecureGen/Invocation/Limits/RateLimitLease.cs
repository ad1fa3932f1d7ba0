namespace McpSecureGen.Invocation;

/// <summary>Whether a call may go on.</summary>
/// <param name="IsAcquired">Whether it may. The default value says no.</param>
/// <param name="RetryAfter">When it may not: in which time another attempt makes sense.</param>
public readonly record struct RateLimitLease(bool IsAcquired, TimeSpan RetryAfter);
