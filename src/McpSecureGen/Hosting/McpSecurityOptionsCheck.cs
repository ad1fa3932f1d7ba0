using McpSecureGen.Invocation;

namespace McpSecureGen.Hosting;

/// <summary>Checks of settings that belong to no part of their own.</summary>
internal static class McpSecurityOptionsCheck
{
    private const int DeepestJson = 64;

    internal static void Require(McpSecurityOptions options)
    {
        var problems = new List<string>();
        Positive(options.Limits.MaxStringLength, nameof(options.Limits.MaxStringLength));
        Positive(options.Limits.MaxItems, nameof(options.Limits.MaxItems));
        Positive(options.Limits.MaxNumberLength, nameof(options.Limits.MaxNumberLength));
        if (options.Limits.MaxDepth is < 1 or > DeepestJson)
        {
            problems.Add($"McpSecurity:Limits:MaxDepth is {options.Limits.MaxDepth}. Set it to 1 to {DeepestJson}, where the SDK's own reader ends, or remove it for the default.");
        }

        Positive(options.Limits.MaxArgumentBytes, nameof(options.Limits.MaxArgumentBytes));
        Positive(options.Limits.MaxOutputCharacters, nameof(options.Limits.MaxOutputCharacters));
        if (options.Limits.CallsPerMinute < 0)
        {
            problems.Add($"McpSecurity:Limits:CallsPerMinute is {options.Limits.CallsPerMinute}. Set it to a positive number, or to 0 for no bound.");
        }

        if (options.Limits.Timeout < TimeSpan.Zero || options.Limits.Timeout > PrimitivePolicy.LongestTime)
        {
            problems.Add($"McpSecurity:Limits:Timeout is {options.Limits.Timeout}. Set it to at most one day, or to 00:00:00 for no limit.");
        }

        if (problems.Count > 0)
        {
            throw new McpSecurityConfigurationException(problems);
        }

        void Positive(int value, string name)
        {
            if (value < 1)
            {
                problems.Add($"McpSecurity:Limits:{name} is {value}. Set it to a positive number, or remove it for the default.");
            }
        }
    }
}
