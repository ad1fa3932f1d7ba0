using System.Globalization;
using System.Text;

namespace McpSecureGen.Cli.Output;

/// <summary>
/// Text of unknown origin, made safe to look at: a claim or a file may hold escape sequences that repaint the terminal, or bidirectional and
/// invisible characters that make it read as something else (CVE-2021-42574).
/// </summary>
internal static class Printable
{
    /// <summary>The text on one line, everything without a visible form of its own written as <c>\u{200B}</c>.</summary>
    public static string Of(string text) => Escape(text, keepLines: false);

    /// <summary>The same, line ends kept. For text whose lines are the program's own.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        var written = new StringBuilder(text.Length);
        for (var position = 0; position < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, position, out var rune))
            {
                Append(written, text[position++]);
                continue;
            }

            position += rune.Utf16SequenceLength;
            if (IsVisible(rune) || (keepLines && rune.Value == '\n'))
            {
                written.Append(rune.ToString());
            }
            else
            {
                Append(written, rune.Value);
            }
        }

        return written.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static void Append(StringBuilder written, int value) =>
        written.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}");
}
