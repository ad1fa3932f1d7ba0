namespace McpSecureGen.Invocation;

/// <summary>What is counted: one primitive for one caller.</summary>
/// <param name="Primitive">Method and name or URI template (<c>tools/call read_file</c>); <c>*</c> for all calls of the caller together.</param>
/// <param name="Caller">Issuer and subject, joined so that no two callers have the same text.</param>
public readonly record struct RateLimitKey(string Primitive, string Caller);
