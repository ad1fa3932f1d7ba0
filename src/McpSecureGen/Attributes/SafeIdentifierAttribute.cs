namespace McpSecureGen;

/// <summary>An identifier: a letter or underscore of ASCII, then letters, digits and underscores; for names of tables, columns, variables and the like.</summary>
/// <remarks>On <see langword="string"/>, collections of strings and members of complex parameters. CWE-89, CWE-78.</remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class SafeIdentifierAttribute : Attribute
{
    /// <summary>Whether several identifiers joined by dots are allowed, as in <c>schema.table</c>.</summary>
    public bool AllowQualified { get; set; }

    /// <summary>The greatest length in UTF-16 characters, dots included. Default 128; below 1 the server does not start.</summary>
    public int MaxLength { get; set; } = 128;
}
