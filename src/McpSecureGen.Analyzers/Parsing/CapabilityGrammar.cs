namespace McpSecureGen.Analyzers.Parsing;

/// <summary>
/// The grammar of capability names, the same as the run-time library's <c>CapabilityName</c>: <c>verb:object</c> with any number of
/// <c>/qualifier</c> segments, each part of <c>a-z</c>, <c>0-9</c> and <c>-</c>.
/// </summary>
internal static class CapabilityGrammar
{
    private const int MaxLength = 128;

    public static bool IsWellFormed(string? name)
    {
        if (name is null || name.Length is 0 or > MaxLength)
        {
            return false;
        }

        var colon = name.IndexOf(':');
        return colon > 0
            && IsPart(name.Substring(0, colon))
            && name.Substring(colon + 1).Split('/').All(IsPart);
    }

    private static bool IsPart(string part)
    {
        foreach (var c in part)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return part.Length > 0;
    }
}
