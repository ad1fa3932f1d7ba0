namespace McpSecureGen;

/// <summary>
/// Text for people and logs: no control, bidirectional, zero-width or tag characters and no lone surrogate, so that what is shown is what was sent.
/// </summary>
/// <remarks>On <see langword="string"/>, collections of strings and members of complex parameters. CWE-117, CWE-150, Trojan Source (CVE-2021-42574).</remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class SafeTextAttribute : Attribute
{
    /// <summary>The greatest length in UTF-16 characters.</summary>
    public int MaxLength { get; set; } = 4096;

    /// <summary>Whether line feed, carriage return and tab are allowed.</summary>
    public bool AllowNewLines { get; set; }
}
