using System.Text;
using System.Text.RegularExpressions;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>How badly an engine that tries one way after the other can fare, and on which text.</summary>
/// <param name="Degree">The power of the input's length that the time grows with; null: exponential.</param>
/// <param name="Prefix">How the text begins.</param>
/// <param name="Pump">What is repeated in it.</param>
/// <param name="Suffix">How it ends, so that there is no match.</param>
internal sealed record Blowup(int? Degree, string Prefix, string Pump, string Suffix);

/// <summary>Finds patterns whose backtracking grows exponentially, or with the third power of the input and more.</summary>
/// <remarks>
/// <para>Exponential: in one loop, one text leads around in two ways. Polynomial: one text goes around a loop, from it to the next loop, and around
/// that, and so on; each such loop adds a power. A match that may begin anywhere is a loop too. (Weideman et al., "Analyzing matching time
/// behavior of backtracking regular expression matchers", CIAA 2016.)</para>
/// <para>The square is let pass: an e-mail pattern has it, and on text of bounded length (MCPSEC2001) it is harmless.</para>
/// </remarks>
internal static class BacktrackingCost
{
    private const int MaxPairs = 60_000;
    private const int MaxTriples = 250_000;

    /// <summary>Null when nothing is found, or when the pattern is too large or too strange to judge.</summary>
    public static Blowup? Of(string pattern, RegexOptions options)
    {
        if (PatternParser.Parse(pattern, options) is not { } parsed)
        {
            return null;
        }

        if (PatternFacts.Holds<Atomic>(parsed.Root))
        {
            // Its author thinks of backtracking, and what is cut off is not modelled.
            return null;
        }

        return Of(parsed.Root, parsed.Groups, !BeginsWithAnything(parsed.Root)) ??
            PatternFacts.All<Look>(parsed.Root).Select(look => Of(look.Item, parsed.Groups, searches: false)).FirstOrDefault(static found => found is not null);
    }

    private static Blowup? Of(PatternNode root, IReadOnlyDictionary<string, PatternNode> groups, bool searches)
    {
        if (PatternAutomaton.Build(root, groups, searches: false, countedIsEndless: true) is { } counted && PatternGraph.Of(counted) is { } loops &&
            Exponential(loops) is { } exponential)
        {
            return exponential;
        }

        return PatternAutomaton.Build(root, groups, searches, countedIsEndless: false) is { } plain && PatternGraph.Of(plain) is { } chains
            ? Polynomial(chains)
            : null;
    }

    /// <summary>A pattern that begins with any text is tried at one place only: the engine knows that.</summary>
    private static bool BeginsWithAnything(PatternNode node) => node switch
    {
        Sequence { Items: [var first, ..] } => BeginsWithAnything(first),
        Capture { Item: var item } => BeginsWithAnything(item),
        Repeat { Item: OneChar { Class: var any }, Min: 0, Max: null } => any.Contains('a') && any.Contains('!') && any.Contains('\u4E2D'),
        _ => false,
    };

    private static Blowup? Exponential(PatternGraph graph)
    {
        for (var loop = 0; loop < graph.LoopCount; loop++)
        {
            var members = Enumerable.Range(0, graph.Count).Where(s => graph.Loops[s] == loop).ToArray();
            if (members.Length * members.Length > MaxPairs)
            {
                continue;
            }

            foreach (var pump in Ambiguous(graph, members, loop))
            {
                if (graph.Failure(pump.State, pump.Text) is { } suffix && graph.Path(0, pump.State) is { } prefix)
                {
                    return new Blowup(null, prefix, pump.Text, suffix);
                }
            }
        }

        return null;
    }

    /// <summary>Texts that lead from a state back to it in two ways.</summary>
    private static IEnumerable<(int State, string Text)> Ambiguous(PatternGraph graph, int[] members, int loop)
    {
        foreach (var state in members)
        {
            foreach (var step in graph.StepsOf(state))
            {
                if (step.Ways > 1 && graph.Loops[step.Target] == loop && graph.Path(step.Target, state) is { } back)
                {
                    yield return (state, step.Letter + back);
                }
            }
        }

        var number = new Dictionary<int, int>();
        foreach (var state in members)
        {
            number[state] = number.Count;
        }

        var size = members.Length;
        IEnumerable<(char Letter, int Pair)> Steps(int pair)
        {
            var (left, right) = (members[pair / size], members[pair % size]);
            foreach (var one in graph.StepsOf(left))
            {
                if (graph.Loops[one.Target] != loop)
                {
                    continue;
                }

                foreach (var other in graph.StepsOf(right))
                {
                    if (other.Letter == one.Letter && graph.Loops[other.Target] == loop)
                    {
                        yield return (one.Letter, (number[one.Target] * size) + number[other.Target]);
                    }
                }
            }
        }

        var (components, count) = Components.Of(size * size, pair => Steps(pair).Select(static s => s.Pair));
        for (var component = 0; component < count; component++)
        {
            int? same = null, different = null;
            for (var pair = 0; pair < components.Length; pair++)
            {
                if (components[pair] == component)
                {
                    if (pair / size == pair % size)
                    {
                        same ??= pair;
                    }
                    else
                    {
                        different ??= pair;
                    }
                }
            }

            if (same is { } from && different is { } over && Text(from, over) is { } there && Text(over, from) is { } back)
            {
                yield return (members[from / size], there + back);
            }
        }

        string? Text(int from, int to) => Search(from, to, Steps, MaxPairs);
    }

    private static Blowup? Polynomial(PatternGraph graph)
    {
        if (graph.LoopCount < 3)
        {
            return null;
        }

        var budget = MaxTriples;
        var links = new List<(int From, int To, int Start, int End, string Text)>();
        for (var from = 0; from < graph.LoopCount; from++)
        {
            for (var to = 0; to < graph.LoopCount; to++)
            {
                if (from != to && budget > 0 && Link(graph, from, to, ref budget) is { } link)
                {
                    links.Add((from, to, link.Start, link.End, link.Text));
                }
            }
        }

        foreach (var chain in Chains(links).OrderByDescending(static c => c.Length))
        {
            var last = chain[chain.Length - 1];
            if (chain.Length < 2 || graph.Failure(last.End, last.Text) is not { } suffix || graph.Path(0, chain[0].Start) is not { } prefix)
            {
                continue;
            }

            // What the first loop takes, the others take as well when they are reached by the same text; that is the usual case.
            return new Blowup(chain.Length + 1, prefix, chain[0].Text, suffix);
        }

        return null;
    }

    private static IEnumerable<(int From, int To, int Start, int End, string Text)[]> Chains(List<(int From, int To, int Start, int End, string Text)> links)
    {
        foreach (var first in links)
        {
            foreach (var second in links)
            {
                if (first.To == second.From && first.From != second.To)
                {
                    yield return [first, second];
                }
            }
        }
    }

    /// <summary>A text that goes around one loop, leads from it to the other, and goes around that.</summary>
    private static (int Start, int End, string Text)? Link(PatternGraph graph, int from, int to, ref int budget)
    {
        foreach (var p in Enumerable.Range(0, graph.Count).Where(s => graph.Loops[s] == from))
        {
            foreach (var q in Enumerable.Range(0, graph.Count).Where(s => graph.Loops[s] == to))
            {
                if (budget <= 0)
                {
                    return null;
                }

                var spent = 0;
                var text = Search((p, p, q), (p, q, q), Steps, Math.Min(budget, 20_000));
                budget -= spent + 1;
                if (text is not null)
                {
                    return (p, q, text);
                }

                IEnumerable<(char Letter, (int A, int B, int C) State)> Steps((int A, int B, int C) at)
                {
                    spent++;
                    foreach (var a in graph.StepsOf(at.A))
                    {
                        if (graph.Loops[a.Target] != from)
                        {
                            continue;
                        }

                        foreach (var c in graph.Next(at.C, a.Letter))
                        {
                            if (graph.Loops[c] != to)
                            {
                                continue;
                            }

                            foreach (var b in graph.Next(at.B, a.Letter))
                            {
                                yield return (a.Letter, (a.Target, b, c));
                            }
                        }
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The shortest text, of one character at least, that leads from one node to another.</summary>
    private static string? Search<T>(T from, T to, Func<T, IEnumerable<(char Letter, T Node)>> steps, int limit)
        where T : notnull
    {
        var came = new Dictionary<T, (T Node, char Letter)>();
        var open = new Queue<T>();
        open.Enqueue(from);
        while (open.Count > 0 && came.Count < limit)
        {
            var node = open.Dequeue();
            foreach (var (letter, next) in steps(node))
            {
                if (came.ContainsKey(next))
                {
                    continue;
                }

                came[next] = (node, letter);
                if (EqualityComparer<T>.Default.Equals(next, to))
                {
                    var text = new StringBuilder();
                    var at = to;
                    do
                    {
                        text.Insert(0, came[at].Letter);
                        at = came[at].Node;
                    }
                    while (!EqualityComparer<T>.Default.Equals(at, from));
                    return text.ToString();
                }

                open.Enqueue(next);
            }
        }

        return null;
    }
}
