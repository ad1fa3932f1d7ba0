using System.IO.Compression;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen;

/// <content>Archives.</content>
public sealed partial class ConfinedPath
{
    /// <summary>
    /// Extracts a zip archive into this folder, which is made when it is missing. Every entry is judged before the first is written: names by the rules of an
    /// argument, and no name leads above this folder; no link or device; counts and lengths within their bounds. Then each file appears whole.
    /// </summary>
    /// <param name="archive">The archive. One that cannot seek is first read into memory, up to <see cref="ArchiveLimits.MaxTotalBytes"/>.</param>
    /// <param name="overwrite">Whether files that exist are replaced.</param>
    /// <param name="limits">Bounds; by default those of a new <see cref="ArchiveLimits"/>.</param>
    /// <returns>How many files were extracted.</returns>
    /// <remarks>Permissions and times of the archive are not taken over. Files extracted before a failure stay.</remarks>
    /// <exception cref="PathRefusedException">The archive asks for something that is not allowed, or holds more than it says.</exception>
    /// <exception cref="InvalidDataException">It is no zip archive.</exception>
    public int ExtractArchive(Stream archive, bool overwrite = false, ArchiveLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        RequireWrite();
        limits ??= new ArchiveLimits();
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRatio, 1, nameof(limits));
        using var seekable = archive.CanSeek ? null : InMemory(archive, limits.MaxTotalBytes);
        using var counted = new CountedArchive(seekable ?? archive, limits.MaxEntries);
        using var zip = new ZipArchive(counted, ZipArchiveMode.Read, leaveOpen: true);
        var entries = ArchiveExtraction.Accept(zip, Policy, limits);
        counted.IsListed = true;
        CreateFolder();

        // From here on this folder is the root: a link in it to another place beneath the root leads out.
        using var folder = Root.OpenFolder(_components);
        var files = 0;
        foreach (var (entry, components, isFolder) in entries)
        {
            var place = new ConfinedPath(folder, Policy, components);
            if (isFolder)
            {
                place.CreateFolder();
                continue;
            }

            new ConfinedPath(folder, Policy, components[..^1]).CreateFolder();
            using var content = entry.Open();
            using var draft = place.NewDraft(overwrite);
            draft.CopyFrom(content, entry.Length);
            draft.Commit();
            files++;
        }

        return files;
    }

    private static MemoryStream InMemory(Stream archive, long maxBytes)
    {
        using var content = new BoundedBuffer(maxBytes, 0);
        while (archive.Read(content.Free.Span) is > 0 and var count)
        {
            content.Advance(count);
        }

        return new MemoryStream(content.ToArray(), writable: false);
    }
}
