namespace McpSecureGen.Validation.Paths;

/// <summary>A path without links.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="MissingComponents">How many components at its end do not exist.</param>
internal readonly record struct ResolvedPath(string Path, PathKind Kind, int MissingComponents);

/// <summary>
/// Resolves links component by component, as the kernel would. The BCL answers for the last component only: <c>File.ResolveLinkTarget</c> is
/// <see langword="null"/> when a folder on the way is the link.
/// </summary>
internal static class RealPath
{
    // As Linux: more than 40 links is a loop.
    private const int MaxLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>The components of a path of this operating system, empty ones and <c>.</c> left out.</summary>
    internal static string[] Split(string path) =>
        [.. path.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(component => component != ".")];

    /// <summary>Walks from a folder through the components.</summary>
    /// <param name="start">An absolute path without links.</param>
    /// <param name="components">Names without <c>.</c> and <c>..</c>; those at the end may be missing.</param>
    /// <exception cref="IOException">A link dangles or loops, a file stands where a folder is needed, or the operating system refuses to say.</exception>
    internal static ResolvedPath Resolve(string start, IReadOnlyList<string> components)
    {
        var pending = new Stack<(string Name, bool FromLink)>();
        Push(pending, components, fromLink: false);
        var (current, kind, links, missing) = (Path.TrimEndingDirectorySeparator(start), EntryProbe.KindOf(start), 0, 0);
        while (pending.TryPop(out var component))
        {
            if (component.Name == "..")
            {
                // Only link targets carry it. What precedes is resolved already, so the parent is the real one.
                (current, kind) = (Path.GetDirectoryName(current) ?? current, PathKind.Folder);
                continue;
            }

            if (missing == 0 && kind != PathKind.Folder)
            {
                throw new IOException("A component on the way is not a folder.");
            }

            var next = Path.Join(current, component.Name);
            kind = missing > 0 ? PathKind.Missing : EntryProbe.KindOf(next);
            switch (kind)
            {
                case PathKind.Missing when component.FromLink:
                    throw new IOException("A link leads nowhere.");

                case PathKind.Missing:
                    (current, missing) = (next, missing + 1);
                    break;

                case PathKind.Link:
                    if (++links > MaxLinks)
                    {
                        throw new IOException("Too many links.");
                    }

                    var target = new FileInfo(next).LinkTarget ?? throw new IOException("A link cannot be read.");
                    if (Path.IsPathRooted(target))
                    {
                        var root = Path.IsPathFullyQualified(target)
                            ? Path.GetPathRoot(target)!
                            : throw new IOException("A link is relative to a drive.");
                        current = root;
                        target = target[root.Length..];
                    }

                    Push(pending, Split(target), fromLink: true);
                    kind = PathKind.Folder;
                    break;

                default:
                    current = next;
                    break;
            }
        }

        return new ResolvedPath(Path.TrimEndingDirectorySeparator(current), kind, missing);
    }

    private static void Push(Stack<(string Name, bool FromLink)> pending, IReadOnlyList<string> components, bool fromLink)
    {
        for (var index = components.Count - 1; index >= 0; index--)
        {
            pending.Push((components[index], fromLink));
        }
    }
}
