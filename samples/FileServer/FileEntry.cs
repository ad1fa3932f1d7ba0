namespace FileServer;

/// <summary>What a client learns of a file or folder.</summary>
/// <param name="Path">Below the workspace.</param>
/// <param name="Kind"><c>file</c>, <c>folder</c> or <c>link</c>. Links are named and never followed.</param>
/// <param name="Bytes">The length of a file.</param>
/// <param name="Changed">When it was last written to, UTC.</param>
public sealed record FileEntry(string Path, string Kind, long? Bytes, DateTime Changed)
{
    internal static FileEntry Of(FileSystemInfo entry, Workspace workspace) => new(
        workspace.Relative(entry.FullName),
        entry.LinkTarget is not null ? "link" : entry is DirectoryInfo ? "folder" : "file",
        entry is FileInfo { LinkTarget: null } file ? file.Length : null,
        entry.LastWriteTimeUtc);
}
