namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>Puts the alternatives of a pattern in a group, so that anchors hold for all of them.</summary>
internal static class PatternAnchors
{
    /// <summary><c>^a|b$</c> as <c>^(?:a|b)$</c>; null when the text cannot be taken apart.</summary>
    public static string? Grouped(string pattern, string start, string end) => Alternatives(pattern) is { Count: > 1 } alternatives
        ? $"{start}(?:{string.Join("|", alternatives.Select(WithoutAnchors))}){end}"
        : null;

    private static string WithoutAnchors(string alternative)
    {
        var from = alternative.StartsWith("^", StringComparison.Ordinal) ? 1 : alternative.StartsWith(@"\A", StringComparison.Ordinal) ? 2 : 0;
        var to = alternative.Length;
        if (alternative.EndsWith("$", StringComparison.Ordinal) && !IsEscaped(alternative, to - 1))
        {
            to--;
        }
        else if ((alternative.EndsWith(@"\z", StringComparison.Ordinal) || alternative.EndsWith(@"\Z", StringComparison.Ordinal)) && !IsEscaped(alternative, to - 2))
        {
            to -= 2;
        }

        return alternative.Substring(from, Math.Max(0, to - from));
    }

    private static bool IsEscaped(string text, int at)
    {
        var backslashes = 0;
        while (at - backslashes > 0 && text[at - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }

    private static List<string>? Alternatives(string pattern)
    {
        var alternatives = new List<string>();
        var (start, depth, inSet) = (0, 0, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[' when !inSet:
                    // A bracket that closes at once is a character of the set.
                    inSet = true;
                    i += i + 1 < pattern.Length && pattern[i + 1] == '^' ? 1 : 0;
                    i += i + 1 < pattern.Length && pattern[i + 1] == ']' ? 1 : 0;
                    break;
                case '[':
                    // A set within a set takes away from it: not taken apart here.
                    return null;
                case ']':
                    inSet = false;
                    break;
                case '(' when !inSet:
                    depth++;
                    break;
                case ')' when !inSet:
                    depth--;
                    break;
                case '|' when !inSet && depth == 0:
                    alternatives.Add(pattern.Substring(start, i - start));
                    start = i + 1;
                    break;
            }
        }

        alternatives.Add(pattern.Substring(start));
        return alternatives;
    }
}
