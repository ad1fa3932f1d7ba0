namespace McpSecureGen.Invocation;

/// <summary>How much is allowed.</summary>
/// <param name="Permits">How many calls; at least one.</param>
/// <param name="Window">In which time.</param>
public readonly record struct RateLimitRule(int Permits, TimeSpan Window);
