namespace McpSecureGen;

/// <summary>Bounds how long a tool, prompt or resource may take. Then its cancellation token fires and the caller is answered, whether it stops or not.</summary>
/// <remarks>
/// On a class it is the rule of every primitive of the class; one on the method replaces it, and both replace <c>McpSecurity:Limits:Timeout</c>. A method
/// with this attribute runs on a thread of its own from the pool, so that also one that never yields can be left behind; it runs on until it
/// ends by itself, and only then is its object disposed. CWE-400.
/// </remarks>
/// <param name="seconds">How long, in seconds; above zero, at most 86,400 (a day).</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = true)]
public sealed class TimeoutAttribute(double seconds) : Attribute
{
    /// <summary>How long, in seconds.</summary>
    public double Seconds { get; } = seconds;
}
