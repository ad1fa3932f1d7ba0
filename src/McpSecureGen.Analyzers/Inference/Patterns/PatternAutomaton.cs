using System.Collections.Immutable;
using System.Globalization;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>
/// A pattern as the machine that a backtracking engine tries out: places that take a character, joined by free moves. The continuation of a loop
/// is a place of its own, so that two ways around nested loops are two ways here too.
/// </summary>
internal sealed class PatternAutomaton
{
    private const int MaxNodes = 1_500;
    private const int MaxMoves = 4_000;

    /// <summary>A counted loop of more rounds than this is as good as endless for what a client may send.</summary>
    private const int ManyRounds = 16;

    /// <summary>How often a counted piece is written out; more rounds than these change nothing about overlaps.</summary>
    private const int MaxCopies = 4;

    private readonly List<Place> _places = [];
    private readonly IReadOnlyDictionary<string, PatternNode> _groups;
    private readonly bool _countedIsEndless;
    private int _inReference;

    private PatternAutomaton(IReadOnlyDictionary<string, PatternNode> groups, bool countedIsEndless)
    {
        _groups = groups;
        _countedIsEndless = countedIsEndless;
    }

    /// <summary>Where a match begins.</summary>
    public int Entry { get; private set; }

    public int Accept { get; private set; }

    /// <summary>One character for each way in which the pattern tells characters apart.</summary>
    public ImmutableArray<char> Alphabet { get; private set; } = [];

    /// <summary>Whether a line feed at the end may follow a match of the whole text.</summary>
    public bool LeavesFinalNewLine => _places.Any(static p => p.Anchor == AnchorKind.EndOrFinalNewLine);

    /// <summary>Whether an anchor within the text asks what stands before it.</summary>
    public bool IsContextual => _places.Any(static p => p.Anchor is AnchorKind.Boundary or AnchorKind.NoBoundary or AnchorKind.LineStart or AnchorKind.LineEnd);

    /// <param name="root">The pattern.</param>
    /// <param name="groups">What its references to groups stand for.</param>
    /// <param name="searches">Whether a match may begin anywhere, which the engine tries out one start after the other.</param>
    /// <param name="countedIsEndless">Whether a loop of many rounds counts as one without end.</param>
    /// <returns>Null when the pattern is too large.</returns>
    public static PatternAutomaton? Build(PatternNode root, IReadOnlyDictionary<string, PatternNode> groups, bool searches, bool countedIsEndless)
    {
        var automaton = new PatternAutomaton(groups, countedIsEndless);
        automaton.Accept = automaton.Add(new Place(null, null, []));
        var entry = automaton.Compile(root, automaton.Accept);
        automaton.Entry = searches ? automaton.Compile(new Repeat(new OneChar(CharClass.Of(static _ => true), ""), 0, null), entry) : entry;
        if (automaton._places.Count > MaxNodes)
        {
            return null;
        }

        automaton.Alphabet = automaton.Letters();
        return automaton;
    }

    public CharClass? ClassOf(int place) => _places[place].Class;

    /// <summary>The place behind one that takes a character.</summary>
    public int Behind(int place) => _places[place].Next[0];

    /// <summary>
    /// The places that take a character, or accept, which free moves reach from a place, and in how many ways (two stands for more).
    /// </summary>
    /// <param name="place">Where the moves begin.</param>
    /// <param name="before">The character before; null at the start of the text.</param>
    /// <param name="after">The character after; null at its end.</param>
    /// <returns>Null when there are too many ways to count.</returns>
    public Dictionary<int, int>? Closure(int place, char? before, char? after)
    {
        var found = new Dictionary<int, int>();
        var onPath = new HashSet<int>();
        var moves = 0;
        return Walk(place) ? found : null;

        bool Walk(int at)
        {
            if (++moves > MaxMoves)
            {
                return false;
            }

            var current = _places[at];
            if (current.Class is not null || at == Accept)
            {
                found[at] = found.TryGetValue(at, out var ways) ? Math.Min(2, ways + 1) : 1;
                return true;
            }

            // An engine ends a loop whose round took nothing, so no way goes through one place twice.
            if ((current.Anchor is { } anchor && !Holds(anchor, before, after)) || !onPath.Add(at))
            {
                return true;
            }

            foreach (var next in current.Next)
            {
                if (!Walk(next))
                {
                    return false;
                }
            }

            onPath.Remove(at);
            return true;
        }
    }

    private static bool Holds(AnchorKind anchor, char? before, char? after) => anchor switch
    {
        AnchorKind.Start or AnchorKind.Continuation => before is null,
        AnchorKind.End or AnchorKind.EndOrFinalNewLine => after is null,
        AnchorKind.LineStart => before is null or '\n',
        AnchorKind.LineEnd => after is null or '\n',
        AnchorKind.Boundary => IsWord(before) != IsWord(after),
        _ => IsWord(before) == IsWord(after),
    };

    private static bool IsWord(char? c) => c is { } character && CharClass.IsWord(character);

    private int Add(Place place)
    {
        _places.Add(place);
        return _places.Count - 1;
    }

    private int Compile(PatternNode node, int next)
    {
        if (_places.Count > MaxNodes)
        {
            return next;
        }

        switch (node)
        {
            case OneChar one:
                return Add(new Place(one.Class, null, [next]));
            case Anchor anchor:
                return Add(new Place(null, anchor.Kind, [next]));
            case Sequence sequence:
                for (var i = sequence.Items.Length - 1; i >= 0; i--)
                {
                    next = Compile(sequence.Items[i], next);
                }

                return next;
            case Choice choice:
                return Add(new Place(null, null, [.. choice.Items.Select(item => Compile(item, next))]));
            case Repeat repeat:
                return Compile(repeat, next);
            case Atomic atomic:
                return Compile(atomic.Item, next);
            case Capture capture:
                return Compile(capture.Item, next);
            case BackReference reference when _inReference < 2 && _groups.TryGetValue(reference.Group, out var group):
                _inReference++;
                next = Compile(group, next);
                _inReference--;
                return next;
            default:
                return next;
        }
    }

    private int Compile(Repeat repeat, int next)
    {
        var isEndless = repeat.Max is null || (_countedIsEndless && repeat.Max > ManyRounds);
        var copies = Math.Min(repeat.Min, MaxCopies);
        if (isEndless)
        {
            var again = Add(new Place(null, null, []));
            var body = Compile(repeat.Item, again);
            _places[again] = new Place(null, null, [body, next]);
            next = copies == 0 ? Add(new Place(null, null, [body, next])) : body;
            copies = Math.Max(0, copies - 1);
        }
        else
        {
            for (var i = Math.Min(repeat.Max!.Value - repeat.Min, MaxCopies); i > 0; i--)
            {
                var skip = next;
                next = Add(new Place(null, null, [Compile(repeat.Item, next), skip]));
            }
        }

        for (; copies > 0; copies--)
        {
            next = Compile(repeat.Item, next);
        }

        return next;
    }

    private ImmutableArray<char> Letters()
    {
        var classes = _places.Select(static p => p.Class).OfType<CharClass>().Distinct().ToArray();
        var isContextual = IsContextual;
        var candidates = new List<char>("aA0_!~ \n");
        for (var c = '\x20'; c < '\x7F'; c++)
        {
            candidates.Add(c);
        }

        candidates.AddRange(classes.SelectMany(static c => c.Edges()));
        candidates.AddRange("\0\t\r\x7F\x85\u00A0é\u0130\u0131ſ\u0301ǅʰ中٣Ⅷ½\u2028\u2029\u200Dª“”«»€˄©†‿–（）\uE000\uFFFF");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var letters = ImmutableArray.CreateBuilder<char>();
        foreach (var c in candidates)
        {
            var signature = new char[classes.Length + 2];
            for (var i = 0; i < classes.Length; i++)
            {
                signature[i] = classes[i].Contains(c) ? '1' : '0';
            }

            signature[classes.Length] = isContextual && CharClass.IsWord(c) ? '1' : '0';
            signature[classes.Length + 1] = isContextual && c == '\n' ? '1' : '0';
            if (seen.Add(new string(signature)))
            {
                letters.Add(c);
            }
        }

        return letters.ToImmutable();
    }

    /// <summary>Takes a character, asks for a place in the text, or is a free move.</summary>
    private readonly record struct Place(CharClass? Class, AnchorKind? Anchor, ImmutableArray<int> Next);
}
