using System.Text;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Identity;

/// <summary>A small text file that someone else rotates: read again when its last-write time or length changes.</summary>
/// <remarks>
/// The stamp is taken from the opened file, not from its name, so that the symbolic links by which Kubernetes rotates mounted secrets are followed.
/// </remarks>
internal sealed class WatchedTextFile(string path, int maxBytes)
{
    /// <summary>A file written this recently may be written again without a new stamp; until then its stamp proves nothing.</summary>
    private static readonly TimeSpan StampSettles = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _reading = new();
    private Reading? _last;

    /// <summary>The content as it is now.</summary>
    /// <exception cref="IOException">The file is absent, too large, or changed while it was read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="DecoderFallbackException">The file is not UTF-8.</exception>
    public string Read()
    {
        lock (_reading)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var stamp = Stamp(file);
            if (_last is { Settled: true } last && last.Stamp == stamp)
            {
                return last.Text;
            }

            // Set only by a reading that succeeds: a file that cannot be read is tried again each time, and its old content is forgotten.
            _last = null;
            var text = ReadAll(file, stamp.Length);
            if (Stamp(file) != stamp)
            {
                throw new IOException("The file changed while it was read.");
            }

            _last = new(stamp, text, TimeProvider.System.GetUtcNow().UtcDateTime - stamp.LastWrite > StampSettles);
            return text;
        }
    }

    private static (long Length, DateTime LastWrite) Stamp(SafeFileHandle file) =>
        (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    private string ReadAll(SafeFileHandle file, long length)
    {
        if (length > maxBytes)
        {
            throw new IOException($"The file is larger than {maxBytes} bytes.");
        }

        var bytes = new byte[length];
        var filled = 0;
        while (filled < bytes.Length)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(filled), filled);
            if (read == 0)
            {
                throw new IOException("The file became shorter while it was read.");
            }

            filled += read;
        }

        return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
    }

    private sealed record Reading((long Length, DateTime LastWrite) Stamp, string Text, bool Settled);
}
