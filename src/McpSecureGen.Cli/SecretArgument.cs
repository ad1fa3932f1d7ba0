using System.Buffers;

namespace McpSecureGen.Cli;

/// <summary>Refuses a command line that holds a token or a key: it stands in the shell's history and in the process list for everyone to read.</summary>
internal static class SecretArgument
{
    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Why the arguments are refused, without repeating any; null when they are fine.</summary>
    public static string? Find(IReadOnlyList<string> args)
    {
        for (var position = 0; position < args.Count; position++)
        {
            if (HoldsToken(args[position]))
            {
                return $"Argument {position + 1} looks like a token. It is not used. A command line is kept in the shell's history and shown in the "
                    + "list of processes, so give a token in a file (--file) or through standard input only. Treat this one as known to others: "
                    + "revoke it, or let it expire.";
            }

            if (HoldsKey(args[position]))
            {
                return $"Argument {position + 1} looks like a key. It is not used. Give keys in files only, and replace this one: a command line is "
                    + "kept in the shell's history and shown in the list of processes.";
            }
        }

        return null;
    }

    /// <summary>Anywhere in the argument (<c>--file=eyJ...</c>): <c>eyJ</c> (<c>{"</c>), a dot, a segment, a dot. The signature may be empty.</summary>
    private static bool HoldsToken(string argument)
    {
        for (var start = argument.IndexOf("eyJ", StringComparison.Ordinal); start >= 0; start = argument.IndexOf("eyJ", start + 1, StringComparison.Ordinal))
        {
            var rest = argument.AsSpan(start);
            var first = SegmentLength(rest);
            if (first < rest.Length && rest[first] == '.')
            {
                var second = SegmentLength(rest[(first + 1)..]);
                var end = first + 1 + second;
                if (second > 0 && end < rest.Length && rest[end] == '.')
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HoldsKey(string argument) =>
        argument.Contains("PRIVATE KEY", StringComparison.Ordinal) || argument.Contains("\"kty\"", StringComparison.Ordinal);

    private static int SegmentLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(Base64UrlCharacters);
        return end < 0 ? text.Length : end;
    }
}
