using System.Collections.Immutable;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>
/// What .NET itself simplifies when it reads a pattern: alternatives of one character become a set, loops of one character beside or around each
/// other become one loop. Without this, patterns would be called dangerous that the engine runs in linear time.
/// </summary>
internal static class PatternReduction
{
    public static PatternNode Of(PatternNode node) => node switch
    {
        Sequence sequence => Joined(sequence.Items.Select(Of)),
        Choice choice => Merged(choice.Items.Select(Of)),
        Repeat repeat => Flattened(repeat with { Item = Of(repeat.Item) }),
        Look look => new Look(Of(look.Item)),
        Atomic atomic => new Atomic(Of(atomic.Item)),
        Capture capture => new Capture(Of(capture.Item)),
        _ => node,
    };

    private static PatternNode Joined(IEnumerable<PatternNode> items)
    {
        var joined = ImmutableArray.CreateBuilder<PatternNode>();
        foreach (var item in items.SelectMany(static i => i is Sequence inner ? inner.Items : [i]))
        {
            if (joined.Count > 0 && LoopOf(joined[joined.Count - 1]) is { } before && LoopOf(item) is { } after && before.One.Text == after.One.Text &&
                (before.Max is null || after.Max is null))
            {
                joined[joined.Count - 1] = new Repeat(before.One, before.Min + after.Min, null);
            }
            else
            {
                joined.Add(item);
            }
        }

        return joined.Count == 1 ? joined[0] : new Sequence(joined.ToImmutable());
    }

    private static (OneChar One, int Min, int? Max)? LoopOf(PatternNode node) => node switch
    {
        OneChar one => (one, 1, 1),
        Repeat { Item: OneChar one } repeat => (one, repeat.Min, repeat.Max),
        _ => null,
    };

    private static PatternNode Merged(IEnumerable<PatternNode> items)
    {
        var merged = ImmutableArray.CreateBuilder<PatternNode>();
        foreach (var item in items.SelectMany(static i => i is Choice inner ? inner.Items : [i]))
        {
            if (merged.Count > 0 && merged[merged.Count - 1] is OneChar before && item is OneChar after)
            {
                merged[merged.Count - 1] = new OneChar(CharClass.Union(before.Class, after.Class), before.Text + "|" + after.Text);
            }
            else
            {
                merged.Add(item);
            }
        }

        return merged.Count == 1 ? merged[0] : new Choice(merged.ToImmutable());
    }

    private static Repeat Flattened(Repeat repeat) => repeat is { Max: null, Min: <= 1, Item: Repeat { Item: OneChar, Max: null, Min: <= 1 } inner }
        ? new Repeat(inner.Item, Math.Min(repeat.Min, inner.Min), null)
        : repeat;
}
