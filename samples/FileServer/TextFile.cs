using System.Text;
using ModelContextProtocol;

namespace FileServer;

/// <summary>Reads a file that is text and not too long.</summary>
internal static class TextFile
{
    /// <exception cref="McpException">It is a folder, too long, or not UTF-8. The message names the file as the client does.</exception>
    public static async Task<string> ReadAsync(string path, string shownAs, int maxBytes, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new McpException($"'{shownAs}' is not a file.");
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using (file.ConfigureAwait(false))
        {
            // One byte more than allowed: the length a file claims to have is not always the length it has.
            var bytes = new byte[Math.Min(file.Length, maxBytes) + 1];
            var count = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return count > maxBytes
                ? throw new McpException($"'{shownAs}' is longer than {maxBytes} bytes.")
                : Decode(bytes.AsSpan(0, count), shownAs);
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string shownAs)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new McpException($"'{shownAs}' is not a text in UTF-8.");
        }
    }
}
