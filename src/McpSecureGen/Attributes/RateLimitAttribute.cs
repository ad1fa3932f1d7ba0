namespace McpSecureGen;

/// <summary>Bounds how often one caller may use a tool, prompt or resource. What is over is refused with <c>rate_limited</c>, and nothing of it runs.</summary>
/// <remarks>
/// A caller is a subject of an issuer, whatever token or client it uses: a second client is no second allowance. Each primitive counts by itself. On a
/// class it is the rule of every primitive of the class; one on the method replaces it. Calls that are refused for want of identity or capability
/// do not count. The MCP specification asks servers to rate limit tool invocations; CWE-770.
/// </remarks>
/// <param name="permits">How many calls; at least one.</param>
/// <param name="perSeconds">In how many seconds; at least one, at most 86,400 (a day).</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = true)]
public sealed class RateLimitAttribute(int permits, int perSeconds) : Attribute
{
    /// <summary>How many calls.</summary>
    public int Permits { get; } = permits;

    /// <summary>In how many seconds.</summary>
    public int PerSeconds { get; } = perSeconds;
}
