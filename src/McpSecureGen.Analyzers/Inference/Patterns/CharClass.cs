using System.Globalization;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>The characters that one place of a pattern takes.</summary>
internal sealed class CharClass
{
    private readonly List<(char Low, char High)> _ranges = [];
    private readonly List<Func<char, bool>> _kinds = [];
    private CharClass[] _parts = [];

    public bool IsNegated { get; set; }

    public bool IgnoresCase { get; set; }

    /// <summary>What <c>[a-z-[aeiou]]</c> takes away again.</summary>
    public CharClass? Without { get; set; }

    public static CharClass Of(char c, bool ignoreCase)
    {
        var single = new CharClass { IgnoresCase = ignoreCase };
        single.Add(c, c);
        return single;
    }

    public static CharClass Of(Func<char, bool> kind)
    {
        var single = new CharClass();
        single.Add(kind);
        return single;
    }

    /// <summary>Everything that one of them takes.</summary>
    public static CharClass Union(CharClass one, CharClass other)
    {
        var union = new CharClass { _parts = [one, other] };
        union.Add(one.Contains);
        union.Add(other.Contains);
        return union;
    }

    public void Add(char low, char high) => _ranges.Add((low, high));

    public void Add(Func<char, bool> kind) => _kinds.Add(kind);

    public bool Contains(char c) =>
        (Holds(c) || (IgnoresCase && (Holds(char.ToLowerInvariant(c)) || Holds(char.ToUpperInvariant(c))))) != IsNegated && Without?.Contains(c) != true;

    /// <summary>Characters at which membership can change.</summary>
    public IEnumerable<char> Edges()
    {
        foreach (var (low, high) in _ranges)
        {
            yield return low;
            yield return high;
            yield return (char)(low - 1);
            yield return (char)(high + 1);
        }

        foreach (var edge in _parts.Append(Without).OfType<CharClass>().SelectMany(static part => part.Edges()))
        {
            yield return edge;
        }
    }

    public static bool IsWord(char c) => c is '\u200D' or '\u200C' || char.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    private bool Holds(char c)
    {
        foreach (var (low, high) in _ranges)
        {
            if (c >= low && c <= high)
            {
                return true;
            }
        }

        foreach (var kind in _kinds)
        {
            if (kind(c))
            {
                return true;
            }
        }

        return false;
    }
}
