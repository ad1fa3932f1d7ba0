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
    public string Relative(string path) => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
}
