using System.Text;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>Which states of a pattern's automaton follow which on each character, and the loops among them.</summary>
internal sealed class PatternGraph
{
    private const int MaxStates = 700;

    private readonly PatternAutomaton _automaton;
    private readonly Dictionary<(int Place, int Context), int> _numbers = [];
    private readonly List<(int Place, char? Before)> _states = [];
    private readonly List<List<Step>> _steps = [];
    private readonly bool _isContextual;

    private PatternGraph(PatternAutomaton automaton)
    {
        _automaton = automaton;
        _isContextual = automaton.IsContextual;
    }

    public int Count => _states.Count;

    /// <summary>The strongly connected component of each state; -1 for a state on no loop.</summary>
    public int[] Loops { get; private set; } = [];

    public int LoopCount { get; private set; }

    /// <summary>Null when the pattern is too large.</summary>
    public static PatternGraph? Of(PatternAutomaton automaton)
    {
        var graph = new PatternGraph(automaton);
        return graph.Explore() ? graph : null;
    }

    public IReadOnlyList<Step> StepsOf(int state) => _steps[state];

    public IEnumerable<int> Next(int state, char letter)
    {
        foreach (var step in _steps[state])
        {
            if (step.Letter == letter)
            {
                yield return step.Target;
            }
        }
    }

    /// <summary>Whether the pattern has matched in that state, when that character, or the end, comes next.</summary>
    public bool Accepts(int state, char? next) =>
        _automaton.Closure(From(state), _states[state].Before, next)?.ContainsKey(_automaton.Accept) != false;

    /// <summary>The shortest text that leads from one state to another; null when none does.</summary>
    public string? Path(int from, int to)
    {
        var came = new Dictionary<int, (int State, char Letter)>();
        var open = new Queue<int>();
        open.Enqueue(from);
        if (from == to)
        {
            return "";
        }

        while (open.Count > 0)
        {
            var state = open.Dequeue();
            foreach (var step in _steps[state])
            {
                if (step.Target != from && !came.ContainsKey(step.Target))
                {
                    came[step.Target] = (state, step.Letter);
                    open.Enqueue(step.Target);
                }
            }

            if (came.ContainsKey(to))
            {
                var text = new StringBuilder();
                for (var at = to; at != from; at = came[at].State)
                {
                    text.Insert(0, came[at].Letter);
                }

                return text.ToString();
            }
        }

        return null;
    }

    /// <summary>A text after which an engine that went through the pump finds no match and must try all the other ways; null when there is none.</summary>
    public string? Failure(int state, string pump)
    {
        var set = new SortedSet<int> { state };
        foreach (var letter in pump)
        {
            if (set.Any(s => Accepts(s, letter)))
            {
                return null;
            }

            set = [.. set.SelectMany(s => Next(s, letter))];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<(SortedSet<int> Set, string Text)>();
        open.Enqueue((set, ""));
        while (open.Count > 0 && seen.Count < 200)
        {
            var (at, text) = open.Dequeue();
            if (!at.Any(s => Accepts(s, null)))
            {
                return text;
            }

            foreach (var letter in _automaton.Alphabet)
            {
                if ((letter == '\n' && _automaton.LeavesFinalNewLine) || at.Any(s => Accepts(s, letter)))
                {
                    continue;
                }

                var next = new SortedSet<int>(at.SelectMany(s => Next(s, letter)));
                if (next.Count == 0)
                {
                    return text + letter;
                }

                if (seen.Add(string.Join(",", next)))
                {
                    open.Enqueue((next, text + letter));
                }
            }
        }

        return null;
    }

    private int From(int state) => state == 0 ? _automaton.Entry : _automaton.Behind(_states[state].Place);

    private bool Explore()
    {
        _states.Add((-1, null));
        _steps.Add([]);
        for (var state = 0; state < _states.Count; state++)
        {
            if (_states.Count > MaxStates)
            {
                return false;
            }

            foreach (var letter in _automaton.Alphabet)
            {
                if (_automaton.Closure(From(state), _states[state].Before, letter) is not { } reached)
                {
                    return false;
                }

                foreach (var place in reached)
                {
                    if (_automaton.ClassOf(place.Key)?.Contains(letter) == true)
                    {
                        _steps[state].Add(new Step(letter, Number(place.Key, letter), place.Value));
                    }
                }
            }
        }

        (Loops, LoopCount) = Components.Of(Count, s => _steps[s].Select(static step => step.Target));
        return true;
    }

    private int Number(int place, char letter)
    {
        var context = !_isContextual ? 0 : letter == '\n' ? 1 : CharClass.IsWord(letter) ? 2 : 3;
        if (!_numbers.TryGetValue((place, context), out var number))
        {
            number = _states.Count;
            _numbers.Add((place, context), number);
            _states.Add((place, letter));
            _steps.Add([]);
        }

        return number;
    }

    /// <summary>One character on the way: to which state, and in how many ways.</summary>
    internal readonly record struct Step(char Letter, int Target, int Ways);
}
