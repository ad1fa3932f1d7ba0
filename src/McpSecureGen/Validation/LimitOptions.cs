namespace McpSecureGen.Validation;

/// <summary>Configuration section <c>McpSecurity:Limits</c>: bounds on every argument and every call, whatever its own attributes say.</summary>
public sealed class LimitOptions
{
    /// <summary>The greatest length of any string argument or member without a bound of its own, in UTF-16 characters.</summary>
    public int MaxStringLength { get; set; } = 65_536;

    /// <summary>
    /// The greatest number of elements of any array, and of members of any dictionary or free-form JSON object, without a bound of its own.
    /// </summary>
    public int MaxItems { get; set; } = 1_024;

    /// <summary>The greatest nesting depth of an argument, and of the JSON in a <see cref="JsonStringAttribute"/>. At most 64, where the SDK's own reader ends.</summary>
    public int MaxDepth { get; set; } = 32;

    /// <summary>
    /// The greatest length of the text of a number, in characters. A double needs at most 24; a million digits are work for whoever reads them as a big
    /// number (CWE-400).
    /// </summary>
    public int MaxNumberLength { get; set; } = 256;

    /// <summary>
    /// Whether texts may hold U+0000. Default false: native code ends a text there, so that what was checked and what is used differ (CWE-158).
    /// </summary>
    public bool AllowNul { get; set; }

    /// <summary>The greatest size of all arguments of a call together, in bytes of their UTF-8 JSON.</summary>
    public int MaxArgumentBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How many calls of tools, prompts and resources one caller may make in a minute, all of them together and besides any
    /// <see cref="RateLimitAttribute"/>. 0, the default: no bound.
    /// </summary>
    public int CallsPerMinute { get; set; }

    /// <summary>
    /// The time limit of a tool, prompt or resource without a <see cref="TimeoutAttribute"/>. Default 5 minutes, at most a day; zero: no limit.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The greatest length of the result of a tool, prompt or resource without a <see cref="MaxOutputAttribute"/>, in UTF-16 characters. Default 10,000,000.
    /// </summary>
    public int MaxOutputCharacters { get; set; } = 10_000_000;
}
