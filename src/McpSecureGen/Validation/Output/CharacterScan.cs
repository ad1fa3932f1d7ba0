using System.Buffers;
using System.Globalization;
using System.Text;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Validation.Output;

/// <summary>
/// Makes characters visible that act without being seen. What ordinary text is, <see cref="TextScan"/> decides, for input and output alike; line breaks and
/// tabs are ordinary here.
/// </summary>
/// <remarks>A clean text is returned as it is: ASCII after one vectorised scan, other scripts after a table look-up for each character.</remarks>
internal static class CharacterScan
{
    private static readonly SearchValues<char> OrdinaryAscii =
        SearchValues.Create(['\t', '\n', '\r', .. Enumerable.Range(0x20, 0x5F).Select(static c => (char)c)]);

    /// <summary>The characters that are ordinary whatever stands beside them.</summary>
    private static readonly SearchValues<char> Ordinary = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x1_0000).Where(static c => !char.IsSurrogate((char)c) && TextScan.Judge(null, new Rune(c), null, true) == TextFault.None).Select(static c => (char)c),
    ]);

    private static readonly Rune Opening = new('<');
    private static readonly Rune Closing = new('>');

    internal static bool IsClean(ReadOnlySpan<char> text) => FirstFault(text, 0, null, out _) < 0;

    /// <summary>The same text with each fault in visible form; the same object when there is none.</summary>
    internal static string Neutralise(string text)
    {
        var at = FirstFault(text, 0, null, out var length);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 64);
        var from = 0;
        while (at >= 0)
        {
            result.Append(text, from, at - from)
                .Append(CultureInfo.InvariantCulture, $"<U+{(length == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at]):X4}>");
            from = at + length;

            // What follows is judged by what it follows in the result, so that the result itself holds no fault.
            at = FirstFault(text, from, Closing, out length);
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    private static int FirstFault(ReadOnlySpan<char> text, int start, Rune? before, out int length)
    {
        var at = start;
        while (true)
        {
            at += Ahead(text[at..]);
            length = 0;
            if (at >= text.Length)
            {
                return -1;
            }

            if (Rune.DecodeFromUtf16(text[at..], out var rune, out length) != OperationStatus.Done)
            {
                length = 1;
                return at;
            }

            var previous = at == start ? before : Rune.DecodeLastFromUtf16(text[..at], out var last, out _) == OperationStatus.Done ? last : null;
            if (TextScan.Judge(previous, rune, Following(text[(at + length)..], rune), allowNewLines: true) != TextFault.None)
            {
                return at;
            }

            at += length;
        }
    }

    /// <summary>How many characters are ordinary by themselves.</summary>
    private static int Ahead(ReadOnlySpan<char> text)
    {
        var ascii = text.IndexOfAnyExcept(OrdinaryAscii);
        if (ascii < 0)
        {
            return text.Length;
        }

        var more = text[ascii..].IndexOfAnyExcept(Ordinary);
        return more < 0 ? text.Length : ascii + more;
    }

    /// <summary>The character after this one as the result will hold it: one that is replaced begins with the opening of its replacement.</summary>
    private static Rune? Following(ReadOnlySpan<char> rest, Rune rune)
    {
        if (rest.IsEmpty)
        {
            return null;
        }

        return Rune.DecodeFromUtf16(rest, out var next, out _) == OperationStatus.Done && TextScan.Judge(rune, next, null, allowNewLines: true) == TextFault.None
            ? next
            : Opening;
    }
}
