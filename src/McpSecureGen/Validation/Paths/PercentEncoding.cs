using System.Globalization;
using System.Text;

namespace McpSecureGen.Validation.Paths;

/// <summary>Decodes percent escapes the way a careless decoder would, to see what it would see. The result is looked at and never used as a path.</summary>
internal static class PercentEncoding
{
    /// <summary>Undoes one layer of <c>%XX</c> and <c>%uXXXX</c>.</summary>
    /// <returns><see langword="false"/> for overlong UTF-8 (<c>%c0%af</c> for a slash): it has no innocent meaning.</returns>
    internal static bool TryDecode(string text, out string decoded)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            decoded = text;
            return true;
        }

        var result = new StringBuilder(text.Length);
        var octets = new List<byte>();
        for (var index = 0; index < text.Length;)
        {
            if (TryHex(text, index, "%", 2, out var octet))
            {
                octets.Add((byte)octet);
                index += 3;
                continue;
            }

            if (!Flush(octets, result))
            {
                decoded = "";
                return false;
            }

            if (TryHex(text, index, "%u", 4, out var unit))
            {
                result.Append((char)unit);
                index += 6;
            }
            else
            {
                result.Append(text[index++]);
            }
        }

        var sound = Flush(octets, result);

        // A lone surrogate from "%ud800" must not stop the normalisation that follows.
        decoded = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(result.ToString()));
        return sound;
    }

    private static bool TryHex(string text, int index, string prefix, int digits, out int value)
    {
        value = 0;
        return index + prefix.Length + digits <= text.Length
            && string.Compare(text, index, prefix, 0, prefix.Length, StringComparison.OrdinalIgnoreCase) == 0
            && int.TryParse(text.AsSpan(index + prefix.Length, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool Flush(List<byte> octets, StringBuilder result)
    {
        for (var index = 0; index < octets.Count; index++)
        {
            if (IsOverlong(octets, index))
            {
                return false;
            }
        }

        result.Append(Encoding.UTF8.GetString([.. octets]));
        octets.Clear();
        return true;
    }

    // Old decoders mask the continuation octets without a look at their first bits, so neither does this one: %c0%2f reads as a slash too.
    private static bool IsOverlong(List<byte> octets, int index)
    {
        var lead = octets[index];
        var (length, least) = lead switch
        {
            >= 0xFC and <= 0xFD => (6, 0x4000000L),
            >= 0xF8 and <= 0xFB => (5, 0x200000L),
            >= 0xF0 and <= 0xF7 => (4, 0x10000L),
            >= 0xE0 and <= 0xEF => (3, 0x800L),
            >= 0xC0 and <= 0xDF => (2, 0x80L),
            _ => (0, 0L),
        };
        if (length == 0 || index + length > octets.Count)
        {
            return false;
        }

        long value = lead & (0x7F >> length);
        for (var next = 1; next < length; next++)
        {
            value = (value << 6) | (uint)(octets[index + next] & 0x3F);
        }

        return value < least;
    }
}
