using System.IO.Enumeration;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen;

/// <content>What is done with folders and names.</content>
public sealed partial class ConfinedPath
{
    private const int MaxDepth = 128;

    /// <summary>
    /// What is in the folder. Links are listed as links (<see cref="Kind"/>) and never entered. Left out are names that no path argument can say, such as
    /// those with control characters or a backslash: a client could do nothing with them.
    /// </summary>
    /// <param name="pattern">Which names: <c>*</c> for any text, <c>?</c> for any character; case counts. Folders are entered whatever their name.</param>
    /// <param name="recursive">Whether folders below it are listed too, a folder before what is in it.</param>
    /// <returns>The entries of each folder in ordinal order. Folders that go or may not be read meanwhile are left out, but for the first.</returns>
    /// <exception cref="IOException">It is no folder, or nested more than 128 deep.</exception>
    public IEnumerable<ConfinedPath> Enumerate(string pattern = "*", bool recursive = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        _ = Root;
        return Walk(pattern, recursive);
    }

    /// <summary>Makes the folder and those missing above it. One that exists is left as it is.</summary>
    /// <exception cref="IOException">Something else stands there.</exception>
    /// <exception cref="PathRefusedException">A link on the way leads out, or the path is declared for reading only.</exception>
    public void CreateFolder()
    {
        RequireWrite();
        for (var length = 1; length <= _components.Length; length++)
        {
            try
            {
                using var there = Root.OpenFolder(_components.AsSpan(0, length));
                continue;
            }
            catch (FileNotFoundException)
            {
                // It is made below.
            }

            using var parent = Root.OpenFolder(_components.AsSpan(0, length - 1));
            try
            {
                parent.CreateFolder(_components[length - 1]);
            }
            catch (IOException) when (Root.Look(_components.AsSpan(0, length), followLast: true) is { Kind: PathKind.Folder })
            {
                // Somebody else has made it meanwhile.
            }
        }
    }

    /// <summary>Removes a file, an empty folder, or a link (and not what it leads to).</summary>
    /// <exception cref="IOException">Nothing stands there, or the folder is not empty.</exception>
    /// <exception cref="PathRefusedException">It is the root, a link on the way leads out, or the path is declared for reading only.</exception>
    public void Delete()
    {
        using var parent = OpenParentToChange();
        var facts = parent.Look([Name], followLast: false) ?? throw UnixFault.Of(UnixFault.NoEntry);
        parent.Delete(Name, facts.Kind == PathKind.Folder);
    }

    /// <summary>Removes a folder with everything in it. Links below it are removed, and what they lead to stays.</summary>
    /// <exception cref="IOException">It is no folder, is nested more than 4,000 deep, or is filled meanwhile.</exception>
    /// <exception cref="PathRefusedException">As for <see cref="Delete"/>.</exception>
    public void DeleteRecursively()
    {
        using var parent = OpenParentToChange();
        parent.DeleteTree(Name);
    }

    /// <summary>Moves or renames a file, folder or link.</summary>
    /// <param name="target">Its new place, declared for writing; also beneath another root of the same file system.</param>
    /// <param name="overwrite">Whether a file there is replaced.</param>
    /// <exception cref="IOException">Nothing stands here, something stands there, or the two lie on different file systems.</exception>
    /// <exception cref="PathRefusedException">As for <see cref="Delete"/>, for either of the two.</exception>
    public void MoveTo(ConfinedPath target, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(target);
        RequireWrite();
        target.RequireWrite();
        target.RequireExtension();
        using var parent = OpenParent();
        using var targetParent = target.OpenParent();
        if (overwrite && target.Look(followLast: false) is { } there && there.Kind != PathKind.Link && target.Policy.FaultOfEntry(there) is { } fault)
        {
            throw Refused(fault);
        }

        // "readme" to "README": a file system that ignores case finds the file itself in the way.
        var isCaseOnly = string.Equals(Text, target.Text, StringComparison.OrdinalIgnoreCase) && Text != target.Text &&
            target.Look(followLast: false) is { } same && parent.Look([Name], followLast: false) == same &&
            targetParent.List().All(entry => entry.Name != target.Name);
        parent.Move(Name, targetParent, target.Name, overwrite || isCaseOnly);
    }

    private IEnumerable<ConfinedPath> Walk(string pattern, bool recursive)
    {
        var open = new Stack<(HeldFolder Folder, string[] Components, Queue<(string Name, PathKind Kind)> Entries)>();
        try
        {
            var first = Root.OpenFolder(_components);
            open.Push((first, _components, []));
            Fill(first, open.Peek().Entries);
            while (open.TryPeek(out var current))
            {
                if (!current.Entries.TryDequeue(out var entry))
                {
                    open.Pop().Folder.Dispose();
                    continue;
                }

                string[] components = [.. current.Components, entry.Name];
                if (FileSystemName.MatchesSimpleExpression(pattern, entry.Name, ignoreCase: false))
                {
                    yield return new ConfinedPath(Root, Policy, components);
                }

                if (recursive && entry.Kind == PathKind.Folder && TryEnter(current.Folder, entry.Name) is { } folder)
                {
                    if (open.Count >= MaxDepth)
                    {
                        folder.Folder.Dispose();
                        throw new IOException("The folder is nested too deeply.");
                    }

                    open.Push((folder.Folder, components, folder.Entries));
                }
            }
        }
        finally
        {
            foreach (var (folder, _, _) in open)
            {
                folder.Dispose();
            }
        }
    }

    private static void Fill(HeldFolder folder, Queue<(string Name, PathKind Kind)> entries)
    {
        foreach (var entry in folder.List().Where(static entry => PathSyntax.IsName(entry.Name)).OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            entries.Enqueue(entry);
        }
    }

    private static (HeldFolder Folder, Queue<(string Name, PathKind Kind)> Entries)? TryEnter(HeldFolder parent, string name)
    {
        HeldFolder? folder = null;
        try
        {
            folder = parent.OpenChild(name);
            var entries = new Queue<(string, PathKind)>();
            Fill(folder, entries);
            return (folder, entries);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            folder?.Dispose();
            return null;
        }
    }
}
