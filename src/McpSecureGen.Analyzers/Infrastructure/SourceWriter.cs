using System.Text;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>
/// Writes indented C#. Line ends are <c>\n</c> and formatting is invariant on every machine: output is a pure function of the model.
/// </summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _atLineStart = true;

    /// <summary>The current depth; set back by <see cref="CloseBlock"/>.</summary>
    public int Indentation => _indent;

    public SourceWriter Indent()
    {
        _indent++;
        return this;
    }

    public SourceWriter Unindent()
    {
        if (_indent == 0)
        {
            throw new InvalidOperationException("The writer is at the outermost level.");
        }

        _indent--;
        return this;
    }

    /// <summary>Writes text that may span lines; each line gets the current indentation, empty lines get none.</summary>
    public SourceWriter Write(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            var line = end < 0 ? text.Substring(start) : text.Substring(start, end - start);
            Append(line.TrimEnd('\r'));
            if (end < 0)
            {
                return this;
            }

            EndLine();
            start = end + 1;
        }

        return this;
    }

    public SourceWriter Line(string text)
    {
        Write(text);
        EndLine();
        return this;
    }

    public SourceWriter Line()
    {
        EndLine();
        return this;
    }

    /// <summary>Writes <paramref name="header"/> when there is one, then <c>{</c>, and indents.</summary>
    public SourceWriter OpenBlock(string? header = null)
    {
        if (header is not null)
        {
            Line(header);
        }

        Line("{");
        return Indent();
    }

    /// <summary>Unindents and writes <c>}</c> with an optional tail such as <c>;</c>.</summary>
    public SourceWriter CloseBlock(string tail = "")
    {
        Unindent();
        return Line("}" + tail);
    }

    public override string ToString() => _text.ToString();

    private void Append(string line)
    {
        if (line.Length == 0)
        {
            return;
        }

        if (_atLineStart)
        {
            _text.Append(' ', _indent * IndentSize);
            _atLineStart = false;
        }

        _text.Append(line);
    }

    private void EndLine()
    {
        _text.Append('\n');
        _atLineStart = true;
    }
}
