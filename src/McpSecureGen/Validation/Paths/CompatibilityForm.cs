using System.Globalization;
using System.Text;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// The NFKC form of a path, as far as it can change what the path means. In globalization-invariant mode (usual in small containers) the runtime's own
/// normalisation leaves everything but ASCII as it is, in silence, so the characters that become part of a path's structure are folded here.
/// </summary>
internal static class CompatibilityForm
{
    // Unicode's bound for text that is normalised piece by piece (UAX #15, Stream-Safe Text Format). Names of any language need fewer than five.
    private const int MaxMarks = 30;

    /// <summary>Whether so many combining marks follow one another that putting them in order takes more than linear time.</summary>
    internal static bool IsUnbounded(string text)
    {
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = !rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                ? marks + 1
                : 0;
            if (marks > MaxMarks)
            {
                return true;
            }
        }

        return false;
    }

    internal static string Of(string path)
    {
        if (Ascii.IsValid(path))
        {
            return path;
        }

        var folded = new StringBuilder(path.Length);
        foreach (var character in path)
        {
            _ = Fold(character) is { } text ? folded.Append(text) : folded.Append(character);
        }

        return folded.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>The NFKC form of a character that becomes a dot, separator, colon, percent or dollar sign, a space, or an ASCII letter or digit by form.</summary>
    internal static string? Fold(char character) => character switch
    {
        '\u2024' or '\uFE52' => ".",
        '\u2025' or '\uFE30' => "..",
        '\u2026' or '\uFE19' => "...",
        '\u2100' => "a/c",
        '\u2101' => "a/s",
        '\u2105' => "c/o",
        '\u2106' => "c/u",
        '\uFE13' or '\uFE55' => ":",
        '\uFE68' => "\\",
        '\uFE69' => "$",
        '\uFE6A' => "%",
        '\u2A74' => "::=",
        '\u00A0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' or '\u3000' => " ",
        '\u24EA' or '\u2070' or '\u2080' => "0",
        '\u00B9' => "1",
        '\u00B2' => "2",
        '\u00B3' => "3",
        >= '\u2074' and <= '\u2079' => ((char)(character - 0x2074 + '4')).ToString(),
        >= '\u2081' and <= '\u2089' => ((char)(character - 0x2081 + '1')).ToString(),
        >= '\u2460' and <= '\u2468' => ((char)(character - 0x2460 + '1')).ToString(),
        >= '\uFF01' and <= '\uFF5E' => ((char)(character - 0xFF01 + '!')).ToString(),
        _ => null,
    };
}
