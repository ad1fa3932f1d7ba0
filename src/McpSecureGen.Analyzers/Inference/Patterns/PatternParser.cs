using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>
/// Reads a pattern in .NET's syntax. Only patterns that <see cref="Regex"/> itself accepts come here, so it does not look for mistakes; what it
/// does not know makes the result null, and the pattern is not judged.
/// </summary>
internal sealed class PatternParser
{
    /// <summary>An analyzer's stack is the compiler's.</summary>
    private const int MaxNesting = 100;

    private readonly string _text;
    private readonly Dictionary<string, PatternNode> _groups = new(StringComparer.Ordinal);
    private int _at;
    private int _nesting;
    private int _unnamed;
    private RegexOptions _options;
    private bool _isUnknown;

    private PatternParser(string text, RegexOptions options)
    {
        _text = text;
        _options = options;
    }

    /// <summary>The pattern's tree and its groups; null when it has something that is not understood.</summary>
    public static (PatternNode Root, IReadOnlyDictionary<string, PatternNode> Groups)? Parse(string text, RegexOptions options)
    {
        if (text.Length > 4096 || (options & RegexOptions.RightToLeft) != 0)
        {
            return null;
        }

        var parser = new PatternParser(text, options);
        var root = parser.Alternatives();
        return parser._isUnknown || parser._at < text.Length ? null : (PatternReduction.Of(root), parser._groups);
    }

    private bool AtEnd => _at >= _text.Length;

    private bool Has(RegexOptions option) => (_options & option) != 0;

    private PatternNode Alternatives()
    {
        if (++_nesting > MaxNesting)
        {
            _isUnknown = true;
            _at = _text.Length;
        }

        var items = ImmutableArray.CreateBuilder<PatternNode>();
        items.Add(Items());
        while (!AtEnd && _text[_at] == '|')
        {
            _at++;
            items.Add(Items());
        }

        _nesting--;
        return items.Count == 1 ? items[0] : new Choice(items.ToImmutable());
    }

    private PatternNode Items()
    {
        var items = ImmutableArray.CreateBuilder<PatternNode>();
        while (true)
        {
            SkipComments();
            if (AtEnd || _text[_at] is '|' or ')')
            {
                return items.Count == 1 ? items[0] : new Sequence(items.ToImmutable());
            }

            if (Item() is { } item)
            {
                items.Add(Quantified(item));
            }
        }
    }

    private void SkipComments()
    {
        while (!AtEnd)
        {
            if (Has(RegexOptions.IgnorePatternWhitespace) && char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (Has(RegexOptions.IgnorePatternWhitespace) && _text[_at] == '#')
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end + 1;
            }
            else if (string.CompareOrdinal(_text, _at, "(?#", 0, 3) == 0)
            {
                var end = _text.IndexOf(')', _at);
                _at = end < 0 ? _text.Length : end + 1;
            }
            else
            {
                return;
            }
        }
    }

    private PatternNode? Item()
    {
        var start = _at;
        var item = ItemWithoutText();
        return item is OneChar one ? one with { Text = (Has(RegexOptions.IgnoreCase) ? "i" : "c") + one.Text + _text.Substring(start, _at - start) } : item;
    }

    private PatternNode? ItemWithoutText()
    {
        var c = _text[_at++];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                return new OneChar(PatternClassParser.Set(_text, ref _at, _options, ref _isUnknown), "");
            case '.':
                return new OneChar(Has(RegexOptions.Singleline) ? CharClass.Of(static _ => true) : CharClass.Of(static x => x != '\n'), Has(RegexOptions.Singleline) ? "s" : "");
            case '^':
                return new Anchor(Has(RegexOptions.Multiline) ? AnchorKind.LineStart : AnchorKind.Start);
            case '$':
                return new Anchor(Has(RegexOptions.Multiline) ? AnchorKind.LineEnd : AnchorKind.EndOrFinalNewLine);
            case '\\':
                return Escape();
            default:
                return new OneChar(CharClass.Of(c, Has(RegexOptions.IgnoreCase)), "");
        }
    }

    private PatternNode? Escape()
    {
        if (AtEnd)
        {
            _isUnknown = true;
            return null;
        }

        var c = _text[_at];
        var anchor = c switch
        {
            'A' => AnchorKind.Start,
            'z' => AnchorKind.End,
            'Z' => AnchorKind.EndOrFinalNewLine,
            'b' => AnchorKind.Boundary,
            'B' => AnchorKind.NoBoundary,
            'G' => AnchorKind.Continuation,
            _ => (AnchorKind?)null,
        };
        if (anchor is { } kind)
        {
            _at++;
            return new Anchor(kind);
        }

        if (c == 'k' && _at + 1 < _text.Length && _text[_at + 1] is '<' or '\'')
        {
            var close = _text.IndexOf(_text[_at + 1] == '<' ? '>' : '\'', _at + 2);
            var name = close < 0 ? "" : _text.Substring(_at + 2, close - _at - 2);
            _at = close < 0 ? _text.Length : close + 1;
            return new BackReference(name);
        }

        if (c is >= '1' and <= '9')
        {
            var start = _at;
            while (!AtEnd && _text[_at] is >= '0' and <= '9')
            {
                _at++;
            }

            return new BackReference(_text.Substring(start, _at - start));
        }

        return new OneChar(PatternClassParser.Escape(_text, ref _at, _options, ref _isUnknown), "");
    }

    private PatternNode? Group()
    {
        var options = _options;
        string? name = null;
        var isLook = false;
        var isAtomic = false;
        if (_at < _text.Length && _text[_at] == '?')
        {
            _at++;
            var next = AtEnd ? '\0' : _text[_at];
            if (next == '(')
            {
                return Conditional(options);
            }

            if (next is '=' or '!' || (next == '<' && _at + 1 < _text.Length && _text[_at + 1] is '=' or '!'))
            {
                _at += next == '<' ? 2 : 1;
                isLook = true;
            }
            else if (next is '<' or '\'')
            {
                var close = _text.IndexOf(next == '<' ? '>' : '\'', _at + 1);
                name = close < 0 ? "" : _text.Substring(_at + 1, close - _at - 1);
                _at = close < 0 ? _text.Length : close + 1;
            }
            else if (next == '>')
            {
                _at++;
                isAtomic = true;
            }
            else if (!InlineOptions())
            {
                return null;
            }
        }
        else if (!Has(RegexOptions.ExplicitCapture))
        {
            name = (++_unnamed).ToString(CultureInfo.InvariantCulture);
        }

        var item = Alternatives();
        _at++;
        _options = options;
        if (name is not null)
        {
            // Of a balancing group the first name is the one that holds text.
            _groups[name.Split('-')[0]] = item;
        }

        return isLook ? new Look(item) : isAtomic ? new Atomic(item) : name is not null ? new Capture(item) : item;
    }

    /// <summary>Reads <c>i-s:</c> (true: a group follows) or <c>i-s)</c> (false: the options hold from here on).</summary>
    private bool InlineOptions()
    {
        var off = false;
        for (; !AtEnd && _text[_at] is not (':' or ')'); _at++)
        {
            var option = char.ToLowerInvariant(_text[_at]) switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                'n' => RegexOptions.ExplicitCapture,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
            off |= _text[_at] == '-';
            _options = off ? _options & ~option : _options | option;
        }

        return !AtEnd && _text[_at++] == ':';
    }

    /// <summary><c>(?(test)yes|no)</c>: either may be taken.</summary>
    private Sequence Conditional(RegexOptions options)
    {
        _at++;
        var test = Alternatives();
        _at++;
        var branches = Alternatives();
        _at++;
        _options = options;
        return new Sequence([new Look(test), branches]);
    }

    private PatternNode Quantified(PatternNode item)
    {
        while (true)
        {
            SkipComments();
            if (AtEnd || Quantifier() is not { } times)
            {
                return item;
            }

            if (!AtEnd && _text[_at] == '?')
            {
                _at++;
            }

            item = new Repeat(item, times.Min, times.Max);
        }
    }

    private (int Min, int? Max)? Quantifier()
    {
        switch (_text[_at])
        {
            case '*':
                _at++;
                return (0, null);
            case '+':
                _at++;
                return (1, null);
            case '?':
                _at++;
                return (0, 1);
            case '{':
                var i = _at + 1;
                if (Number(ref i) is not { } min || i >= _text.Length)
                {
                    return null;
                }

                int? max = min;
                if (_text[i] == ',')
                {
                    i++;
                    max = Number(ref i);
                }

                if (i >= _text.Length || _text[i] != '}')
                {
                    return null;
                }

                _at = i + 1;
                return (min, max);
            default:
                return null;
        }
    }

    private int? Number(ref int i)
    {
        var start = i;
        while (i < _text.Length && _text[i] is >= '0' and <= '9')
        {
            i++;
        }

        return i == start ? null : int.TryParse(_text.Substring(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }
}
