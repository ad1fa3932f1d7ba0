using System.Globalization;
using System.Text.RegularExpressions;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>Reads what takes one character: escapes and bracketed sets.</summary>
internal static class PatternClassParser
{
    /// <summary>A set, from behind its opening bracket.</summary>
    public static CharClass Set(string text, ref int at, RegexOptions options, ref bool isUnknown)
    {
        var set = new CharClass { IgnoresCase = (options & RegexOptions.IgnoreCase) != 0 };
        if (at < text.Length && text[at] == '^')
        {
            set.IsNegated = true;
            at++;
        }

        for (var first = true; at < text.Length && (first || text[at] != ']'); first = false)
        {
            if (text[at] == '-' && !first && at + 1 < text.Length && text[at + 1] == '[')
            {
                at += 2;
                set.Without = Set(text, ref at, options, ref isUnknown);
                continue;
            }

            if (Single(text, ref at, options, set, ref isUnknown) is not { } low)
            {
                continue;
            }

            var high = low;
            if (at + 1 < text.Length && text[at] == '-' && text[at + 1] is not (']' or '['))
            {
                at++;
                high = Single(text, ref at, options, set, ref isUnknown) ?? low;
            }

            set.Add(low, high);
        }

        if (at >= text.Length)
        {
            isUnknown = true;
        }

        at++;
        return set;
    }

    /// <summary>An escape outside a set, from behind its backslash.</summary>
    public static CharClass Escape(string text, ref int at, RegexOptions options, ref bool isUnknown)
    {
        var kind = Kind(text, ref at, options, ref isUnknown);
        return kind is not null ? CharClass.Of(kind) : CharClass.Of(Character(text, ref at, ref isUnknown), (options & RegexOptions.IgnoreCase) != 0);
    }

    /// <summary>The next character of a set; null when it was an escape for a whole kind, which is then in the set.</summary>
    private static char? Single(string text, ref int at, RegexOptions options, CharClass set, ref bool isUnknown)
    {
        var c = text[at++];
        if (c != '\\' || at >= text.Length)
        {
            return c;
        }

        if (text[at] == 'b')
        {
            at++;
            return '\b';
        }

        if (Kind(text, ref at, options, ref isUnknown) is { } kind)
        {
            set.Add(kind);
            return null;
        }

        return Character(text, ref at, ref isUnknown);
    }

    private static Func<char, bool>? Kind(string text, ref int at, RegexOptions options, ref bool isUnknown)
    {
        var isAscii = (options & RegexOptions.ECMAScript) != 0;
        switch (text[at])
        {
            case 'd':
                at++;
                return isAscii ? static c => c is >= '0' and <= '9' : char.IsDigit;
            case 'D':
                at++;
                return isAscii ? static c => c is not (>= '0' and <= '9') : static c => !char.IsDigit(c);
            case 'w':
                at++;
                return isAscii ? IsAsciiWord : CharClass.IsWord;
            case 'W':
                at++;
                return isAscii ? static c => !IsAsciiWord(c) : static c => !CharClass.IsWord(c);
            case 's':
                at++;
                return char.IsWhiteSpace;
            case 'S':
                at++;
                return static c => !char.IsWhiteSpace(c);
            case 'p' or 'P':
                return Category(text, ref at, ref isUnknown);
            default:
                return null;
        }
    }

    private static bool IsAsciiWord(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    private static Func<char, bool> Category(string text, ref int at, ref bool isUnknown)
    {
        var isNegated = text[at] == 'P';
        var close = text.IndexOf('}', at);
        if (close < 0 || at + 1 >= text.Length || text[at + 1] != '{')
        {
            isUnknown = true;
            at = text.Length;
            return static _ => false;
        }

        var name = text.Substring(at + 2, close - at - 2);
        at = close + 1;

        // A block is taken for everything outside ASCII: too large rather than too small.
        return name.StartsWith("Is", StringComparison.Ordinal)
            ? c => c > '\x7F' != isNegated
            : c => Abbreviation(char.GetUnicodeCategory(c)).StartsWith(name, StringComparison.Ordinal) != isNegated;
    }

    private static string Abbreviation(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "Cn",
    };

    private static char Character(string text, ref int at, ref bool isUnknown)
    {
        var c = text[at++];
        switch (c)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'e':
                return '\x1B';
            case 'c':
                return at < text.Length ? (char)(text[at++] & 0x1F) : c;
            case 'x':
                return Hexadecimal(text, ref at, 2, ref isUnknown);
            case 'u':
                return Hexadecimal(text, ref at, 4, ref isUnknown);
            case >= '0' and <= '7':
                var value = c - '0';
                for (var i = 0; i < 2 && at < text.Length && text[at] is >= '0' and <= '7'; i++)
                {
                    value = (value * 8) + (text[at++] - '0');
                }

                return (char)(value & 0xFF);
            default:
                return c;
        }
    }

    private static char Hexadecimal(string text, ref int at, int digits, ref bool isUnknown)
    {
        if (at + digits <= text.Length && int.TryParse(text.Substring(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            at += digits;
            return (char)value;
        }

        isUnknown = true;
        return '\0';
    }
}
