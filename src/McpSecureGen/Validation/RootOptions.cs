namespace McpSecureGen.Validation;

/// <summary>One entry of <c>McpSecurity:Roots</c>: a folder that <see cref="SafePathAttribute"/> confines to. A plain string sets <see cref="Path"/> alone.</summary>
public sealed class RootOptions
{
    /// <summary>The folder, absolute, existing, and not the root of a file system or under <c>/proc</c>, <c>/sys</c> or <c>/dev</c>.</summary>
    public string Path { get; set; } = "";

    /// <summary>Whether paths with <see cref="PathAccess.Write"/> are refused.</summary>
    public bool ReadOnly { get; set; }
}
