namespace McpSecureGen;

/// <summary>
/// A string that holds JSON of a known type. It is read once, strictly, as that type, and checked with the annotations of the type; the method receives
/// the JSON written anew from what was checked.
/// </summary>
/// <remarks>
/// On <see langword="string"/> parameters and members. Other validation attributes beside it are about the value inside: <c>[JsonString(typeof(string[])),
/// SafePath(Root = "workspace")]</c> confines every path of a packed array.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class JsonStringAttribute(Type type) : Attribute
{
    /// <summary>What the JSON is read as.</summary>
    public Type Type { get; } = type;

    /// <summary>The greatest length of the JSON text, in UTF-16 characters.</summary>
    public int MaxLength { get; set; } = 65_536;
}
