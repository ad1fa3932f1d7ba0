using System.Text;
using System.Text.Unicode;

namespace McpSecureGen.Identity;

/// <summary>Refuses secrets that were not drawn at random: words, passwords, examples from documentation, patterns.</summary>
/// <remarks>
/// A rule and not a list: lists of guessable JWT secrets hold a hundred thousand entries and grow, and what they have in common is that someone typed them
/// (RFC 8725, section 3.5; CWE-1391). Each test refuses random bytes less than once in ten million keys.
/// </remarks>
internal static class SecretStrength
{
    public const int MinimumBytes = 32;

    /// <summary>32 random bytes have some 30 different values.</summary>
    private const int FewestDistinctBytes = 16;

    /// <summary>43 random base64url characters have some 31 different values.</summary>
    private const int FewestDistinctCharacters = 18;

    /// <summary>What is wrong with the secret, or null.</summary>
    /// <param name="secret">The bytes that sign.</param>
    /// <param name="spelling">Their base64url, as it stands in the key set: words may be put there directly.</param>
    public static string? Problem(ReadOnlySpan<byte> secret, string? spelling)
    {
        if (secret.Length < MinimumBytes)
        {
            return $"it has {secret.Length} bytes of {MinimumBytes}";
        }

        // Text in UTF-8, and so base64, hexadecimal and UUIDs of whatever: none of them draws its bytes from all 256.
        if (Utf8.IsValid(secret))
        {
            return "its bytes are text";
        }

        if (Distinct(secret, 1) < FewestDistinctBytes || IsUtf16(secret) || IsSequence(secret) || IsRepetition(secret))
        {
            return "its bytes follow a pattern";
        }

        return spelling is not null && IsTyped(spelling) ? "its base64url is text that someone typed" : null;
    }

    /// <summary>The different values of every byte, or of every second one.</summary>
    private static int Distinct(ReadOnlySpan<byte> bytes, int step)
    {
        Span<bool> seen = stackalloc bool[256];
        var count = 0;
        for (var at = 0; at < bytes.Length; at += step)
        {
            count += seen[bytes[at]] ? 0 : 1;
            seen[bytes[at]] = true;
        }

        return count;
    }

    /// <summary>Text of one script in UTF-16 has few different high bytes, in whichever place they stand.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => Distinct(bytes, 2) < FewestDistinctBytes / 2 || Distinct(bytes[1..], 2) < FewestDistinctBytes / 2;

    /// <summary>Whether each byte follows from the one before by the same step: 0, 1, 2 and its relatives.</summary>
    private static bool IsSequence(ReadOnlySpan<byte> bytes)
    {
        var step = (byte)(bytes[1] - bytes[0]);
        for (var at = 2; at < bytes.Length; at++)
        {
            if ((byte)(bytes[at] - bytes[at - 1]) != step)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the whole is a block of at most half its length over and over.</summary>
    private static bool IsRepetition(ReadOnlySpan<byte> bytes)
    {
        for (var period = 1; period <= bytes.Length / 2; period++)
        {
            if (bytes[period..].SequenceEqual(bytes[..^period]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Words, or hexadecimal, where base64url belongs. Random base64url mixes capitals, small letters and digits at every step; typed text keeps to one
    /// of them for long.
    /// </summary>
    private static bool IsTyped(string spelling)
    {
        var stays = 0;
        for (var at = 1; at < spelling.Length; at++)
        {
            stays += KindOf(spelling[at]) == KindOf(spelling[at - 1]) ? 1 : 0;
        }

        return !spelling.Any(char.IsAsciiLetterUpper)
            || !spelling.Any(char.IsAsciiLetterLower)
            || spelling.Distinct().Count() < FewestDistinctCharacters
            || stays * 4 > (spelling.Length - 1) * 3
            || IsRepetition(Encoding.UTF8.GetBytes(spelling));
    }

    private static int KindOf(char character) =>
        char.IsAsciiLetterUpper(character) ? 1 : char.IsAsciiLetterLower(character) ? 2 : char.IsAsciiDigit(character) ? 3 : 4;
}
