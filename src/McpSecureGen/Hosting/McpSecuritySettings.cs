using McpSecureGen.Validation;
using Microsoft.Extensions.Configuration;

namespace McpSecureGen.Hosting;

/// <summary>Reads section <c>McpSecurity</c>.</summary>
internal static class McpSecuritySettings
{
    internal static void Bind(IConfiguration configuration, McpSecurityOptions options)
    {
        var section = configuration.GetSection(McpSecurityOptions.SectionName);
        section.Bind(options);

        // A bound that the binder does not see as a list would be none: an empty list, or one host written without an index.
        if (section.GetSection("Hosts").Value is { } hosts && !section.GetSection("Hosts").GetChildren().Any())
        {
            options.Hosts = string.IsNullOrWhiteSpace(hosts) ? [] : [hosts];
        }

        // A root may be a plain path, which the binder does not see as an object.
        foreach (var root in section.GetSection("Roots").GetChildren())
        {
            if (root.Value is { } path)
            {
                options.Roots[root.Key] = new RootOptions { Path = path };
            }
        }
    }
}
