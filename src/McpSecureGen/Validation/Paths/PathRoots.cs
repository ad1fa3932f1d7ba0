using System.Diagnostics.CodeAnalysis;
using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Paths;

/// <summary>The folders of <c>McpSecurity:Roots</c>, checked once at start-up.</summary>
/// <remarks>No folder is ever a root by default: a root that is not configured stops the server (CVE-2026-40576, CVE-2026-77271).</remarks>
public sealed class PathRoots
{
    // Kernel file systems: their links and files lead everywhere (/proc/self/root, /dev/mem), so confinement beneath them means nothing.
    private static readonly string[] KernelFolders = ["/proc", "/sys", "/dev"];

    private readonly Dictionary<string, PathRoot> _roots;

    private PathRoots(Dictionary<string, PathRoot> roots) => _roots = roots;

    /// <summary>Every root.</summary>
    internal IReadOnlyCollection<PathRoot> All => _roots.Values;

    /// <summary>Checks every entry and resolves its links.</summary>
    /// <param name="roots">Root name to folder, as configured.</param>
    /// <exception cref="McpSecurityConfigurationException">
    /// A root is empty, relative, missing, no folder, the root of a file system, or under <c>/proc</c>, <c>/sys</c> or <c>/dev</c>. All problems are listed.
    /// </exception>
    public static PathRoots Create(IReadOnlyDictionary<string, RootOptions> roots) => Create(roots, OpenFolder);

    /// <summary>The same with another way to hold a root's folder.</summary>
    internal static PathRoots Create(IReadOnlyDictionary<string, RootOptions> roots, Func<string, HeldFolder> open)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var problems = new List<string>();
        var accepted = new Dictionary<string, PathRoot>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, options) in roots)
        {
            if (!TryResolve(options, out var realPath, out var problem))
            {
                problems.Add($"McpSecurity:Roots:{name} {problem}");
            }
            else if (string.IsNullOrWhiteSpace(name))
            {
                problems.Add("McpSecurity:Roots has an entry without a name: give it one.");
            }
            else if (accepted.ContainsKey(name))
            {
                problems.Add($"McpSecurity:Roots:{name} is configured twice; names compare without case: keep one.");
            }
            else if (Held(realPath, open) is { } folder)
            {
                accepted.Add(name, new PathRoot(name, realPath, options.ReadOnly, folder));
            }
            else
            {
                problems.Add($"McpSecurity:Roots:{name} could not be opened: name an existing folder that this account may enter.");
            }
        }

        return problems.Count == 0 ? new PathRoots(accepted) : throw new McpSecurityConfigurationException(problems);
    }

    /// <summary>The root of that name, compared without case.</summary>
    /// <exception cref="McpSecurityConfigurationException">It is not configured.</exception>
    public PathRoot Get(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new McpSecurityConfigurationException(
                "[SafePath] without a Root: name a root and configure it under McpSecurity:Roots:{name}.");
        }

        return _roots.TryGetValue(name, out var root)
            ? root
            : throw new McpSecurityConfigurationException(
                $"McpSecurity:Roots:{name} is not configured: set it to the absolute path of a folder made for this purpose.");
    }

    /// <summary>Lets go of the folders. Every path beneath them refuses from then on.</summary>
    internal void Close()
    {
        foreach (var root in _roots.Values)
        {
            root.Folder.Dispose();
        }
    }

    private static HeldFolder OpenFolder(string realPath) =>
        OperatingSystem.IsWindows() ? WindowsFolder.OpenRoot(realPath) : UnixFolder.OpenRoot(realPath);

    private static HeldFolder? Held(string realPath, Func<string, HeldFolder> open)
    {
        try
        {
            return open(realPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool TryResolve(RootOptions? options, [NotNullWhen(true)] out string? realPath, [NotNullWhen(false)] out string? problem)
    {
        realPath = null;
        problem = Reject(options?.Path);
        if (problem is not null)
        {
            return false;
        }

        try
        {
            // The lexical form first: a link under /proc or /dev is refused by its own name, not only by where it leads today.
            var full = Path.GetFullPath(options!.Path);
            problem = RejectLocation(full);
            if (problem is not null)
            {
                return false;
            }

            var resolved = RealPath.Resolve(Path.GetPathRoot(full)!, RealPath.Split(full[Path.GetPathRoot(full)!.Length..]));
            problem = resolved.Kind != PathKind.Folder
                ? "does not name an existing folder: create the folder or correct the path."
                : RejectLocation(resolved.Path);
            realPath = resolved.Path;
            return problem is null;
        }
        catch (Exception error)
        {
            problem = $"could not be resolved ({error.Message}): name an existing folder that this account may enter.";
            return false;
        }
    }

    private static string? Reject(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return "is empty: set it to the absolute path of a folder.";
        }

        return Path.IsPathFullyQualified(path)
            ? null
            : "is not an absolute path: the working directory of a server is never a root.";
    }

    private static string? RejectLocation(string path)
    {
        if (Path.TrimEndingDirectorySeparator(path) == Path.TrimEndingDirectorySeparator(Path.GetPathRoot(path) ?? ""))
        {
            return "is the root of a file system: name a folder made for this purpose.";
        }

        return !OperatingSystem.IsWindows()
               && KernelFolders.Any(folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal))
            ? "lies under /proc, /sys or /dev: name a folder of an ordinary file system."
            : null;
    }
}
