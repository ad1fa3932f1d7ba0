using McpSecureGen.Capabilities;

namespace McpSecureGen.Hosting;

/// <summary>What callers of custom request methods must hold (<c>McpSecurity:RequestMethods</c>).</summary>
internal static class RequestMethodRequirements
{
    /// <exception cref="McpSecurityConfigurationException">A capability is unknown, or a method has none.</exception>
    internal static void Check(IReadOnlyDictionary<string, string[]> methods, CapabilityVocabulary vocabulary)
    {
        var problems = new List<string>();
        foreach (var (method, capabilities) in methods)
        {
            var setting = $"McpSecurity:RequestMethods:{method}";
            if (capabilities is not { Length: > 0 })
            {
                problems.Add($"{setting} names no capability. Name one, or list the method in McpSecurity:AllowedRequestMethods.");
                continue;
            }

            problems.AddRange(capabilities.Where(name => !vocabulary.IsKnown(name)).Select(name => CapabilityVocabulary.Unknown(name, setting + " names")));
        }

        if (problems.Count > 0)
        {
            throw new McpSecurityConfigurationException(problems);
        }
    }
}
