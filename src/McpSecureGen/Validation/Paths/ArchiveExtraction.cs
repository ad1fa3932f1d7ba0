using System.IO.Compression;

namespace McpSecureGen.Validation.Paths;

/// <summary>One entry of an archive that may be extracted.</summary>
/// <param name="Entry">The archive's own.</param>
/// <param name="Components">Its place beneath the target folder.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct AcceptedEntry(ZipArchiveEntry Entry, string[] Components, bool IsFolder);

/// <summary>Reads what a zip archive wants to put where, before anything is put anywhere (CWE-22, "zip slip"; CWE-409).</summary>
internal static class ArchiveExtraction
{
    private const long FreeOfRatio = 1024 * 1024;
    private const int TypeMask = 0xF000;
    private const int FileType = 0x8000;
    private const int FolderType = 0x4000;

    /// <summary>All entries, when each of them is acceptable.</summary>
    /// <exception cref="PathRefusedException">One is not; nothing of the archive is extracted then.</exception>
    internal static List<AcceptedEntry> Accept(ZipArchive archive, PathPolicy policy, ArchiveLimits limits)
    {
        var accepted = new List<AcceptedEntry>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            if (accepted.Count >= limits.MaxEntries)
            {
                throw CountedArchive.TooMany(limits.MaxEntries);
            }

            accepted.Add(Accept(entry, policy, limits));
            if (accepted[^1] is var last && !seen.Add(string.Join('/', last.Components).Normalize()) && !last.IsFolder)
            {
                throw new PathRefusedException("The archive names a file twice; names compare without case.");
            }

            total += entry.Length;
            if (entry.Length < 0 || total > limits.MaxTotalBytes)
            {
                throw new PathRefusedException($"The files of the archive must not be longer than {limits.MaxTotalBytes} bytes together.");
            }
        }

        return accepted;
    }

    private static AcceptedEntry Accept(ZipArchiveEntry entry, PathPolicy policy, ArchiveLimits limits)
    {
        if (entry.FullName.Length > policy.MaxLength || PathSyntax.Parse(entry.FullName, out var components) is not null)
        {
            throw new PathRefusedException("The archive has an entry whose name is no acceptable path.");
        }

        var isFolder = entry.FullName[^1] is '/' or '\\';
        var type = (entry.ExternalAttributes >> 16) & TypeMask;
        if (type != 0 && type != (isFolder ? FolderType : FileType))
        {
            throw new PathRefusedException("The archive must have only files and folders, no links or devices.");
        }

        if (entry.IsEncrypted)
        {
            throw new PathRefusedException("The archive must not be encrypted.");
        }

        if (isFolder)
        {
            return entry.Length == 0 ? new AcceptedEntry(entry, [.. components], true) : throw new PathRefusedException("The archive has a folder with content.");
        }

        if (components.Count == 0 || policy.FaultOfExtension(components[^1]) is not null)
        {
            throw new PathRefusedException("The archive has a file whose name or extension is not allowed here.");
        }

        if (entry.Length > policy.MaxBytes || (entry.Length > FreeOfRatio && entry.Length / limits.MaxRatio > entry.CompressedLength))
        {
            throw new PathRefusedException("The archive has a file that is too long, or too long for its place in the archive.");
        }

        return new AcceptedEntry(entry, [.. components], false);
    }
}
