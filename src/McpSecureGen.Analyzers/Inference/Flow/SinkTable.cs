using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>A place of a library's member where text becomes a path, a URL, a command and so on.</summary>
/// <param name="Ordinal">Which argument; null for a property's value or what is added to it.</param>
/// <param name="Name">What the library calls it.</param>
/// <param name="Kind">What it becomes, in the table's words.</param>
internal sealed record Sink(int? Ordinal, string Name, string Kind);

/// <summary>The table of sinks. Its head says how its rows are to be read.</summary>
internal sealed class SinkTable
{
    private const string ResourceName = "TaintSinks.tsv";

    private static readonly Lazy<SinkTable> Shipped = new(Load);

    private readonly Dictionary<string, ImmutableArray<Sink>> _arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sink> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sink> _elements = new(StringComparer.Ordinal);

    private SinkTable(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            if (columns.Length < 4 || line[0] == '#' || columns[0] == "doc-id")
            {
                continue;
            }

            switch (columns[1])
            {
                case "value":
                    _values[columns[0]] = new Sink(null, columns[0].Substring(columns[0].LastIndexOf('.') + 1), columns[3]);
                    break;
                case "element":
                    _elements[columns[0]] = new Sink(null, columns[2], columns[3]);
                    break;
                default:
                    var sink = new Sink(int.Parse(columns[1], NumberStyles.None, CultureInfo.InvariantCulture), columns[2], columns[3]);
                    _arguments[columns[0]] = _arguments.TryGetValue(columns[0], out var others) ? others.Add(sink) : [sink];
                    break;
            }
        }
    }

    /// <summary>The table that ships inside this assembly.</summary>
    public static SinkTable Instance => Shipped.Value;

    /// <summary>The members that have a row.</summary>
    public IEnumerable<string> Members => _arguments.Keys.Concat(_values.Keys).Concat(_elements.Keys);

    /// <summary>The dangerous arguments of a method or constructor, or of what it overrides.</summary>
    public ImmutableArray<Sink> ArgumentsOf(IMethodSymbol method)
    {
        for (IMethodSymbol? m = method.ReducedFrom ?? method; m is not null; m = m.OverriddenMethod)
        {
            if (m.OriginalDefinition.GetDocumentationCommentId() is { } id && _arguments.TryGetValue(id, out var sinks))
            {
                return sinks;
            }
        }

        return [];
    }

    /// <summary>What a value assigned to the property becomes.</summary>
    public Sink? ValueOf(IPropertySymbol property) => Find(_values, property);

    /// <summary>What a value added to the property's collection becomes.</summary>
    public Sink? ElementOf(IPropertySymbol property) => Find(_elements, property);

    private static Sink? Find(Dictionary<string, Sink> rows, IPropertySymbol property) =>
        property.OriginalDefinition.GetDocumentationCommentId() is { } id && rows.TryGetValue(id, out var sink) ? sink : null;

    private static SinkTable Load()
    {
        using var stream = typeof(SinkTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The embedded table {ResourceName} is missing.");
        using var reader = new StreamReader(stream);
        return new SinkTable(reader);
    }
}
