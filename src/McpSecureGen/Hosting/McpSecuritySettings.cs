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
