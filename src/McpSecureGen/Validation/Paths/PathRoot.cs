namespace McpSecureGen.Validation.Paths;

/// <summary>A configured folder that paths are confined to, its links resolved once at start-up.</summary>
public sealed class PathRoot
{
    internal PathRoot(string name, string realPath, bool readOnly, HeldFolder folder)
    {
        Name = name;
        RealPath = realPath;
        ReadOnly = readOnly;
        Folder = folder;
    }

    /// <summary>The name under <c>McpSecurity:Roots</c>.</summary>
    public string Name { get; }

    /// <summary>The absolute path without links and without a separator at its end.</summary>
    public string RealPath { get; }

    /// <summary>Whether paths with <see cref="PathAccess.Write"/> are refused.</summary>
    public bool ReadOnly { get; }

    /// <summary>The folder itself, held open from the start: renamed or replaced on disk, it stays the root of every <see cref="ConfinedPath"/>.</summary>
    internal HeldFolder Folder { get; }

    /// <summary>
    /// Whether a real path is the root or lies beneath it, component by component: a sibling that shares the root's prefix lies outside (CVE-2025-53110).
    /// </summary>
    /// <param name="realPath">An absolute path whose links are resolved.</param>
    internal bool Contains(string realPath) =>
        realPath.StartsWith(RealPath, StringComparison.Ordinal)
        && (realPath.Length == RealPath.Length || realPath[RealPath.Length] == Path.DirectorySeparatorChar);
}
