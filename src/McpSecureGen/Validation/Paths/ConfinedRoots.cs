using McpSecureGen.Validation.Paths;

namespace McpSecureGen;

/// <summary>The roots of <c>McpSecurity:Roots</c> for tools that need no argument to name a file: ask for it in a constructor or parameter.</summary>
public sealed class ConfinedRoots
{
    private readonly PathRoots _roots;

    internal ConfinedRoots(PathRoots roots) => _roots = roots;

    /// <summary>The root itself. <see cref="ConfinedPath.Combine"/> leads below it, with the default limits of <see cref="SafePathAttribute"/>.</summary>
    /// <param name="root">The name under <c>McpSecurity:Roots</c>, compared without case.</param>
    /// <returns>A path that may be changed, unless the root is read-only.</returns>
    /// <exception cref="Hosting.McpSecurityConfigurationException">The root is not configured.</exception>
    public ConfinedPath Get(string root)
    {
        var found = _roots.Get(root);
        var policy = PathPolicy.Of(new SafePathAttribute { Root = root, Access = found.ReadOnly ? PathAccess.Read : PathAccess.Write });
        return new ConfinedPath(found.Folder, policy, []);
    }
}
