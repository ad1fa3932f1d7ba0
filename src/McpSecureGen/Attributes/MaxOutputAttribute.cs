namespace McpSecureGen;

/// <summary>Bounds the length of a result. A longer one is not cut but withheld, and the caller is told so.</summary>
/// <remarks>
/// Counted are the UTF-16 characters of everything the client would read: text, embedded resources, base64 data, structured content as JSON. On a class
/// it is the rule of every primitive of the class; one on the method replaces it, and both replace <c>McpSecurity:Limits:MaxOutputCharacters</c>.
/// The result has been made by then: it is a bound on what leaves, not on memory. CWE-400, CWE-200.
/// </remarks>
/// <param name="characters">The greatest length; at least one.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = true)]
public sealed class MaxOutputAttribute(int characters) : Attribute
{
    /// <summary>The greatest length.</summary>
    public int Characters { get; } = characters;
}
