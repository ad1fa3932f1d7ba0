using System.Buffers;

namespace McpSecureGen.Capabilities;

/// <summary>
/// The grammar of capability names: <c>verb:object</c> or <c>verb:object/qualifier</c>, where a qualifier may have several segments
/// (<c>read:files/temp/today</c>). Each part is one or more of <c>a-z</c>, <c>0-9</c> and <c>-</c>.
/// </summary>
/// <remarks>
/// Lower case only and no wildcard: two spellings of one right, or a name that stands for all, is how a grant becomes wider than its reader
/// thinks (OWASP MCP02, scope creep).
/// </remarks>
public static class CapabilityName
{
    /// <summary>The greatest length of a name, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether <paramref name="name"/> follows the grammar. It may still be unknown to a vocabulary.</summary>
    public static bool IsWellFormed(string? name)
    {
        if (name is null || name.Length is 0 or > MaxLength)
        {
            return false;
        }

        ReadOnlySpan<char> rest = name;
        var colon = rest.IndexOf(':');
        if (colon < 0 || !IsPart(rest[..colon]))
        {
            return false;
        }

        foreach (var segment in rest[(colon + 1)..].Split('/'))
        {
            if (!IsPart(rest[(colon + 1)..][segment]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The part before the first <c>/</c>: <c>read:files</c> of <c>read:files/temp</c>. A name without qualifier is its own base.</summary>
    public static string Base(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? name : name[..slash];
    }

    /// <summary>The name and its shorter forms: <c>a:b/c/d</c>, <c>a:b/c</c>, <c>a:b</c>.</summary>
    internal static IEnumerable<string> SelfAndWiderForms(string name)
    {
        yield return name;
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            yield return name[..slash];
        }
    }

    private static bool IsPart(ReadOnlySpan<char> part) => !part.IsEmpty && !part.ContainsAnyExcept(PartCharacters);
}
