using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>What can be read off a pattern without running it.</summary>
internal static class PatternFacts
{
    /// <summary>Why .NET cannot read the pattern, or null.</summary>
    public static string? Mistake(string pattern, RegexOptions options = RegexOptions.None)
    {
        try
        {
            _ = new Regex(pattern, options & RegexOptions.IgnorePatternWhitespace);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <summary>What in the pattern the engine without backtracking has no answer to, or null.</summary>
    public static string? NeedsBacktracking(string pattern, RegexOptions options = RegexOptions.None)
    {
        if (PatternParser.Parse(pattern, options) is not { } parsed)
        {
            return null;
        }

        return Holds<Look>(parsed.Root) ? "a look-ahead, look-behind or conditional"
            : Holds<BackReference>(parsed.Root) ? "a back-reference"
            : Holds<Atomic>(parsed.Root) ? "an atomic group"
            : All<Anchor>(parsed.Root).Any(static a => a.Kind == AnchorKind.Continuation) ? @"\G"
            : null;
    }

    /// <summary>The greatest number of characters that a match can have; null when there is no bound, or none that is known.</summary>
    public static int? MaxLength(string pattern, RegexOptions options = RegexOptions.None) =>
        Mistake(pattern, options) is null && PatternParser.Parse(pattern, options) is { } parsed ? MaxLength(parsed.Root) : null;

    /// <summary>
    /// Whether some of the alternatives are tied to the start or the end of the text and others are not, as in <c>^a|b$</c>, where each anchor
    /// holds for one alternative only.
    /// </summary>
    public static bool IsPartlyAnchored(string pattern, RegexOptions options = RegexOptions.None) =>
        PatternParser.Parse(pattern, options) is { Root: Choice { Items: var items } } &&
        (IsMixed(items.Select(BeginsAnchored)) || IsMixed(items.Select(EndsAnchored)));

    /// <summary>Whether the pattern is tied to the start and to the very end, so that nothing but a whole text matches.</summary>
    public static bool IsAnchored(string pattern, RegexOptions options = RegexOptions.None) =>
        PatternParser.Parse(pattern, options) is { Root: var root } && BeginsAnchored(root) && EndsAnchored(root);

    /// <summary>Whether a match can contain one of the characters. A pattern that is not understood is taken to.</summary>
    public static bool Takes(string pattern, string characters, RegexOptions options = RegexOptions.None) =>
        Mistake(pattern, options) is not null || PatternParser.Parse(pattern, options) is not { } parsed ||
        All<OneChar>(parsed.Root).Any(one => characters.Any(one.Class.Contains));

    public static bool Holds<T>(PatternNode node)
        where T : PatternNode => All<T>(node).Any();

    public static IEnumerable<T> All<T>(PatternNode node)
        where T : PatternNode
    {
        if (node is T found)
        {
            yield return found;
        }

        foreach (var child in Children(node))
        {
            foreach (var inner in All<T>(child))
            {
                yield return inner;
            }
        }
    }

    private static bool IsMixed(IEnumerable<bool> all)
    {
        var list = all.ToArray();
        return list.Contains(true) && list.Contains(false);
    }

    private static bool BeginsAnchored(PatternNode node) => node switch
    {
        Anchor { Kind: AnchorKind.Start } => true,
        Sequence { Items: var items } => items.SkipWhile(static i => i is Look).FirstOrDefault() is { } first && BeginsAnchored(first),
        Choice { Items: var items } => items.All(BeginsAnchored),
        Capture { Item: var item } => BeginsAnchored(item),
        _ => false,
    };

    private static bool EndsAnchored(PatternNode node) => node switch
    {
        Anchor { Kind: AnchorKind.End or AnchorKind.EndOrFinalNewLine } => true,
        Sequence { Items: [.., var last] } => EndsAnchored(last),
        Choice { Items: var items } => items.All(EndsAnchored),
        Capture { Item: var item } => EndsAnchored(item),
        _ => false,
    };

    private static int? MaxLength(PatternNode node)
    {
        switch (node)
        {
            case OneChar:
                return 1;
            case Anchor or Look:
                return 0;
            case Atomic atomic:
                return MaxLength(atomic.Item);
            case Capture capture:
                return MaxLength(capture.Item);
            case Sequence sequence:
                var sum = 0L;
                foreach (var item in sequence.Items)
                {
                    if (MaxLength(item) is not { } length)
                    {
                        return null;
                    }

                    sum += length;
                }

                return sum > int.MaxValue ? null : (int)sum;
            case Choice choice:
                int? greatest = 0;
                foreach (var item in choice.Items)
                {
                    greatest = MaxLength(item) is { } length ? Math.Max(greatest.Value, length) : null;
                    if (greatest is null)
                    {
                        return null;
                    }
                }

                return greatest;
            case Repeat { Max: { } max, Item: var repeated }:
                return MaxLength(repeated) is { } once && (long)once * max <= int.MaxValue ? once * max : null;
            default:
                return null;
        }
    }

    private static ImmutableArray<PatternNode> Children(PatternNode node) => node switch
    {
        Sequence sequence => sequence.Items,
        Choice choice => choice.Items,
        Repeat repeat => [repeat.Item],
        Look look => [look.Item],
        Atomic atomic => [atomic.Item],
        Capture capture => [capture.Item],
        _ => [],
    };
}
