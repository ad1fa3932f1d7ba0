using System.Globalization;
using System.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>Whether an argument begins like an option (<c>-x</c>, <c>+x</c>, <c>/x</c> on Windows) or a response file (<c>@file</c>). CWE-88.</summary>
/// <remarks>
/// Also after white space, which some programs take away, and for every dash of Unicode and every other form of these signs: programs with an ANSI
/// command line receive the "best fit", and <c>−</c>, <c>–</c> and <c>－</c> arrive as <c>-</c>.
/// </remarks>
internal static class ArgumentLead
{
    internal static bool IsOption(string value, bool isWindows)
    {
        var start = value.AsSpan().TrimStart();
        if (start.IsEmpty)
        {
            return false;
        }

        if (char.IsAscii(start[0]))
        {
            return start[0] is '-' or '+' or '@' || (isWindows && start[0] == '/');
        }

        Rune.DecodeFromUtf16(start, out var rune, out _);
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation || IsLookalike(rune.Value) || (isWindows && rune.Value == 0xFF0F);
    }

    // Minus signs; hyphen bullet; the plus and at signs whose compatibility form is the ASCII one (a test compares with NFKC).
    private static bool IsLookalike(int value) =>
        value is 0x2212 or 0x02D7 or 0x207B or 0x208B or 0x2796 or 0x2043 or 0xFF0B or 0xFE62 or 0xFB29 or 0x207A or 0x208A or 0xFF20 or 0xFE6B;
}
