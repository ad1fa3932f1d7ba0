using System.Buffers.Text;
using System.Security.Cryptography;

namespace McpSecureGen.Cli.Keys;

/// <summary>Replaces a file in one step: a reader sees the old content or the new, never a part, whenever the machine stops.</summary>
internal static class AtomicFile
{
    /// <summary>Replaces a file that everyone may read.</summary>
    public static void ReplacePublic(string path, ReadOnlySpan<byte> content) => Replace(path, content, OpenPublic);

    /// <param name="path">The file.</param>
    /// <param name="content">Its new content.</param>
    /// <param name="open">Creates a new file with the permissions wanted.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, Func<string, FileStream> open)
    {
        // In the same folder, because a rename is one step within a file system only.
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var unique = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{unique}.tmp");
        try
        {
            using (var file = open(temporary))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static FileStream OpenPublic(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile.Mode | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        return new(path, options);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }
}
