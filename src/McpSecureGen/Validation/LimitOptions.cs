namespace McpSecureGen.Validation;

/// <summary>Configuration section <c>McpSecurity:Limits</c>: bounds on every argument, whatever its own attributes say.</summary>
public sealed class LimitOptions
{
    /// <summary>The greatest length of any string argument or member without a bound of its own, in UTF-16 characters.</summary>
    public int MaxStringLength { get; set; } = 65_536;

    /// <summary>The greatest number of elements of any array argument or member without a bound of its own.</summary>
    public int MaxItems { get; set; } = 1_024;

    /// <summary>The greatest nesting depth of an argument.</summary>
    public int MaxDepth { get; set; } = 32;

    /// <summary>The greatest size of all arguments of a call together, in bytes of their UTF-8 JSON.</summary>
    public int MaxArgumentBytes { get; set; } = 4 * 1024 * 1024;
}
