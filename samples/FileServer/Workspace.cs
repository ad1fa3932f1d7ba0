using McpSecureGen.Hosting;
using McpSecureGen.Validation.Paths;
using Microsoft.Extensions.Options;

namespace FileServer;

/// <summary>The folder that the tools work in, and the way back from a host path to what a client may see.</summary>
/// <remarks>[SafePath] hands the tools absolute paths without links, so the root is taken in that form too.</remarks>
internal sealed class Workspace(IOptions<McpSecurityOptions> security)
{
    public const string Name = "workspace";

    private readonly string _root = PathRoots.Create(security.Value.Roots).Get(Name).RealPath;

    /// <summary>The path below the root, with <c>/</c> on every operating system; <c>.</c> for the root itself. A client never sees a host path.</summary>
    /// <exception cref="InvalidOperationException">The path lies elsewhere, so a tool got hold of one that nobody checked.</exception>
    public string Relative(string path)
    {
        var relative = Path.GetRelativePath(_root, path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? throw new InvalidOperationException("A path outside the workspace has reached a tool.")
            : relative.Replace(Path.DirectorySeparatorChar, '/');
    }
}
