using System.Globalization;
using System.Text;

namespace McpSecureGen.Validation.Text;

/// <summary>What <see cref="TextScan"/> found.</summary>
internal enum TextFault
{
    None,
    Control,
    LineBreak,
    Invisible,
    LoneSurrogate,
    Noncharacter,
}

/// <summary>
/// Finds characters that make shown text differ from sent text: controls, bidirectional marks, zero-width and tag characters, lone surrogates,
/// noncharacters (CWE-117, CWE-150, CVE-2021-42574). By category, so that characters of later Unicode versions fall under the same rule.
/// </summary>
/// <remarks>
/// Three kinds of invisible character carry meaning in ordinary text and pass where Unicode gives them that meaning, and nowhere else:
/// a joiner between two pictographs of an emoji; a joiner or non-joiner between letters of a script that joins (Persian, Hindi), or after a virama;
/// one variation selector after a visible character. Flags made of tag characters (England, Scotland, Wales) are refused: tag characters smuggle text.
/// </remarks>
internal static class TextScan
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    internal static TextFault FirstFault(string text, bool allowNewLines)
    {
        Rune? previous = null;
        for (var index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                return TextFault.LoneSurrogate;
            }

            index += rune.Utf16SequenceLength;
            var next = index < text.Length && Rune.TryGetRuneAt(text, index, out var following) ? following : (Rune?)null;
            var fault = Judge(previous, rune, next, allowNewLines);
            if (fault != TextFault.None)
            {
                return fault;
            }

            previous = rune;
        }

        return TextFault.None;
    }

    internal static TextFault Judge(Rune? previous, Rune rune, Rune? next, bool allowNewLines)
    {
        var value = rune.Value;
        if ((value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF)
        {
            return TextFault.Noncharacter;
        }

        if (IsVariationSelector(value))
        {
            return MayVary(previous, value) ? TextFault.None : TextFault.Invisible;
        }

        if (value is ZeroWidthJoiner or ZeroWidthNonJoiner)
        {
            return MayJoin(previous, value, next) ? TextFault.None : TextFault.Invisible;
        }

        // The tag block and the rest of its plane are default-ignorable, assigned or not.
        if (value is >= 0xE0000 and <= 0xE0FFF || IsBlankLetter(value))
        {
            return TextFault.Invisible;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control when value is '\r' or '\n' or '\t' => allowNewLines ? TextFault.None : TextFault.LineBreak,
            UnicodeCategory.Control => TextFault.Control,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => TextFault.LineBreak,
            UnicodeCategory.Format when !IsVisibleFormat(value) => TextFault.Invisible,
            UnicodeCategory.Surrogate => TextFault.LoneSurrogate,
            _ => TextFault.None,
        };
    }

    // Format by category, yet drawn: signs that span the digits or letters after them (Unicode: Prepended_Concatenation_Mark).
    private static bool IsVisibleFormat(int value) =>
        value is >= 0x0600 and <= 0x0605 or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD;

    // Letters and marks by category, yet never drawn (Unicode: Default_Ignorable_Code_Point outside the format category).
    private static bool IsBlankLetter(int value) =>
        value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0x2065 or >= 0xFFF0 and <= 0xFFF8;

    private static bool IsVariationSelector(int value) =>
        value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF or >= 0x180B and <= 0x180D or 0x180F;

    // One at most and after something visible: a run of selectors after one emoji is a hidden message.
    private static bool MayVary(Rune? previous, int selector)
    {
        if (previous is not { } before || IsVariationSelector(before.Value) || before.Value is ZeroWidthJoiner or ZeroWidthNonJoiner)
        {
            return false;
        }

        return selector switch
        {
            >= 0xE0100 => IsIdeograph(before.Value),
            < 0xFE00 => before.Value is >= 0x1800 and <= 0x18AF,
            _ => IsPictograph(before.Value) || before.Value is '#' or '*' or (>= '0' and <= '9') || before.Value > 0x7F && !Rune.IsWhiteSpace(before),
        };
    }

    private static bool MayJoin(Rune? previous, int joiner, Rune? next)
    {
        if (previous is not { } before)
        {
            return false;
        }

        if (IsVirama(before.Value))
        {
            return true;
        }

        if (next is not { } after)
        {
            return false;
        }

        var ofEmoji = joiner == ZeroWidthJoiner
            && (IsPictograph(before.Value) || before.Value == 0xFE0F || before.Value is >= 0x1F3FB and <= 0x1F3FF)
            && IsPictograph(after.Value);
        return ofEmoji || (IsOfJoiningScript(before) && IsOfJoiningScript(after));
    }

    // Blocks that hold Extended_Pictographic characters; code points reserved there for later emoji count too.
    private static bool IsPictograph(int value) =>
        value is >= 0x2190 and <= 0x21FF or >= 0x2300 and <= 0x23FF or >= 0x2600 and <= 0x27BF or >= 0x2B00 and <= 0x2BFF
            or >= 0x1F000 and <= 0x1F3FA or >= 0x1F400 and <= 0x1FAFF;

    private static bool IsIdeograph(int value) =>
        value is >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    // RFC 5892, appendix A.1 and A.2: a joiner after a virama.
    private static bool IsVirama(int value) => value is >= 0x0900 and <= 0x0D7F && (value & 0x7F) == 0x4D || value is 0x0DCA or 0x1039 or 0x17D2;

    // Arabic, Syriac, Arabic supplements, N'Ko, Mandaic; the Indic blocks; Myanmar, Khmer, Mongolian.
    private static bool IsOfJoiningScript(Rune rune) =>
        rune.Value is >= 0x0620 and <= 0x08FF or >= 0x0900 and <= 0x0DFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x18AF
            or >= 0xFB50 and <= 0xFDCF or >= 0xFE70 and <= 0xFEFC
        && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
