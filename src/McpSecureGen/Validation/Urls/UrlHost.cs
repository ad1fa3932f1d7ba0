using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpSecureGen.Validation.Urls;

/// <summary>A host in the one form in which it is compared, looked up and printed: lower-case A-labels, or an address.</summary>
/// <param name="Text">As it stands in a URL; an IPv6 address in brackets.</param>
/// <param name="Address">The address, when the host is one.</param>
internal readonly record struct UrlHost(string Text, IPAddress? Address)
{
    private const string NotAHost = "must have a host name";
    private const string NotAllowed = "must have a host name that IDNA allows";

    /// <summary>Of a name in DNS (RFC 1035). More would also cost the runtime's mapping more than linear time.</summary>
    private const int LongestName = 253;

    // A container without ICU maps nothing outside ASCII and says nothing: a host would then mean one thing here and another elsewhere.
    private static readonly bool HasCompatibilityForms = "\u2460".Normalize(NormalizationForm.FormKC) == "1";

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>The canonical host, or what is wrong with it, to follow the parameter's name.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out UrlHost host, out string fault) => TryParse(text, HasCompatibilityForms, out host, out fault);

    internal static bool TryParse(ReadOnlySpan<char> text, bool canMap, out UrlHost host, out string fault)
    {
        host = default;
        if (text.IsEmpty)
        {
            fault = NotAHost;
            return false;
        }

        if (text[0] == '[')
        {
            return TryAddress6(text, out host, out fault);
        }

        if (text.Contains('%'))
        {
            fault = "must have a host without percent escapes";
            return false;
        }

        var name = text.ToString();
        if (!Ascii.IsValid(name))
        {
            if (!canMap)
            {
                fault = "must have its host in ASCII form (xn--...)";
                return false;
            }

            if (name.Length > LongestName || !ReadsAlike(name))
            {
                fault = NotAllowed;
                return false;
            }

            try
            {
                name = Idn.GetAscii(name);
            }
            catch (ArgumentException)
            {
                fault = NotAllowed;
                return false;
            }

            // What is an address only after mapping was written to look like something else (CVE class: ①②⑦.⓪.⓪.①).
            if (LooksLikeAddress4(name))
            {
                fault = "must have its IP address in ASCII digits";
                return false;
            }
        }

        name = name.ToLowerInvariant();
        if (IPAddress.TryParse(name, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == name)
        {
            host = new UrlHost(name, address);
            fault = "";
            return true;
        }

        if (LooksLikeAddress4(name))
        {
            fault = "must have its IPv4 address as four decimal numbers";
            return false;
        }

        return TryName(name, out host, out fault);
    }

    /// <summary>
    /// Whether browsers map the name to the same one. The runtime does not check the direction of labels (RFC 5893: letters of both directions in one label), and
    /// maps a capital sharp s by an older table.
    /// </summary>
    private static bool ReadsAlike(string name)
    {
        var (left, right, first, digits) = (false, false, true, true);
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value is '.' or 0x3002 or 0xFF0E or 0xFF61)
            {
                (left, right, first, digits) = (false, false, true, true);
                continue;
            }

            // A label of right-to-left script begins with a letter: digits alone only imitate an address.
            var isDigit = Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
            if (first && isDigit && rune.Value is >= 0x0590 and <= 0x08FF)
            {
                return false;
            }

            (first, digits) = (false, digits && isDigit);

            var isRight = rune.Value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;
            right |= isRight;
            left |= !isRight && Rune.IsLetter(rune);
            if ((left && right) || rune.Value == 0x1E9E)
            {
                return false;
            }
        }

        // No top-level domain is a number, in whatever digits; only addresses end in one.
        return first || !digits;
    }

    private static bool TryName(string name, out UrlHost host, out string fault)
    {
        host = default;
        fault = NotAHost;
        if (name.EndsWith('.'))
        {
            name = name[..^1];
        }

        if (name.Length is 0 or > LongestName)
        {
            return false;
        }

        var labelStart = 0;
        for (var index = 0; index <= name.Length; index++)
        {
            if (index < name.Length && name[index] != '.')
            {
                if (!char.IsAsciiLetterLower(name[index]) && !char.IsAsciiDigit(name[index]) && name[index] is not ('-' or '_'))
                {
                    return false;
                }

                continue;
            }

            if (index - labelStart is 0 or > 63 || name[labelStart] == '-' || name[index - 1] == '-')
            {
                return false;
            }

            labelStart = index + 1;
        }

        host = new UrlHost(name, null);
        fault = "";
        return true;
    }

    /// <summary>"Ends in a number" of the URL standard: whatever some parser would take for an IPv4 address (octal, hex, short, one number, trailing dot).</summary>
    private static bool LooksLikeAddress4(string name)
    {
        var end = name.EndsWith('.') ? name.Length - 1 : name.Length;
        var last = name.AsSpan(0, end);
        last = last[(last.LastIndexOf('.') + 1)..];
        return !last.IsEmpty &&
            (!last.ContainsAnyExceptInRange('0', '9') ||
            (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].IndexOfAnyExcept(HexDigits) < 0));
    }

    private static bool TryAddress6(ReadOnlySpan<char> text, out UrlHost host, out string fault)
    {
        host = default;
        fault = "must have a plain IPv6 address in its brackets";
        if (text[^1] != ']' || text[1..^1].IndexOfAnyExcept(Address6Characters) >= 0 ||
            !IPAddress.TryParse(text[1..^1], out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        host = new UrlHost($"[{address}]", address);
        fault = "";
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    // No percent sign: no zone. No v: no IPvFuture.
    private static readonly System.Buffers.SearchValues<char> Address6Characters = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF:.");
}
