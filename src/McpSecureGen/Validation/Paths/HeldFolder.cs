using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// A folder that is held open, and what is done beneath it. Every operation starts at the held folder and never at a name of the host, so that a folder
/// renamed or replaced meanwhile changes nothing, and no link leads out of it.
/// </summary>
/// <remarks>Names are single components; the caller has read them with <see cref="PathSyntax"/>, or had them from <see cref="List"/>.</remarks>
internal abstract class HeldFolder : IDisposable
{
    /// <summary>Opens a folder beneath. Links on the way are followed as long as they stay beneath.</summary>
    /// <exception cref="PathRefusedException">A link leads out.</exception>
    internal abstract HeldFolder OpenFolder(ReadOnlySpan<string> components);

    /// <summary>Opens a folder in this one, a link not followed.</summary>
    internal abstract HeldFolder OpenChild(string name);

    /// <summary>Opens or creates a regular file; anything else is closed again before a byte is read or written. Nothing is truncated.</summary>
    internal abstract (SafeFileHandle Handle, EntryFacts Facts) OpenFile(ReadOnlySpan<string> components, FileMode mode, FileAccess access, bool followLast);

    /// <summary>Makes a file in this one, for writing.</summary>
    /// <param name="name">A name that nothing has.</param>
    /// <param name="isPrivate">Whether only this account may open it from the first moment on, where the system has permissions.</param>
    internal virtual SafeFileHandle CreateFile(string name, bool isPrivate) =>
        OpenFile([name], FileMode.CreateNew, FileAccess.Write, followLast: false).Handle;

    /// <summary>What stands there; <see langword="null"/> when nothing does.</summary>
    /// <exception cref="IOException">The operating system refuses to say, or a link leads out.</exception>
    internal abstract EntryFacts? Look(ReadOnlySpan<string> components, bool followLast);

    /// <summary>Makes a folder in this one.</summary>
    internal abstract void CreateFolder(string name);

    /// <summary>Removes a file, a link or an empty folder of this one.</summary>
    internal abstract void Delete(string name, bool isFolder);

    /// <summary>Removes a folder of this one with everything in it. Links are removed, never followed.</summary>
    internal abstract void DeleteTree(string name);

    /// <summary>Renames an entry of this folder, also into another.</summary>
    internal abstract void Move(string name, HeldFolder target, string newName, bool replace);

    /// <summary>The names in this folder that are text, with their kind.</summary>
    internal abstract List<(string Name, PathKind Kind)> List();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>What the operating system says of an entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Of a file, in bytes.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Modified">When it was last written to.</param>
/// <param name="Mode">Its Unix permissions; 0 where there are none.</param>
internal readonly record struct EntryFacts(PathKind Kind, long Length, long Links, DateTimeOffset Modified, UnixFileMode Mode);
