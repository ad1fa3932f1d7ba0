using System.Text;

namespace McpSecureGen.HostileInput.Support;

/// <summary>One attack list by others, each line raw and with its percent escapes decoded once and twice, as a server in front might.</summary>
internal static class Payloads
{
    /// <summary>The lists of one corpora folder, by file name; the test is skipped in words where the folder is absent.</summary>
    public static IEnumerable<(string List, IReadOnlyList<string> Payloads)> Of(string folder, string pattern = "*.txt") =>
        Directory.EnumerateFiles(Corpora.FolderOrSkip(folder), pattern).Order(StringComparer.Ordinal)
            .Select(static file => (Path.GetFileName(file), Spread(File.ReadLines(file, Encoding.Latin1).Select(Utf8))));

    /// <summary>Every distinct spelling.</summary>
    public static IReadOnlyList<string> Spread(IEnumerable<string> lines) =>
        [.. lines.Where(static line => line.Length > 0).SelectMany(Decodings).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Decodings(string line)
    {
        yield return line;
        var once = Uri.UnescapeDataString(line);
        yield return once;
        yield return Uri.UnescapeDataString(once);
    }

    /// <summary>Some lists hold raw bytes; what is no UTF-8 stays as the characters of its bytes.</summary>
    private static string Utf8(string latin1)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (DecoderFallbackException)
        {
            return latin1;
        }
    }
}
