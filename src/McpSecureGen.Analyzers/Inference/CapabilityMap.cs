using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Inference;

/// <summary>What the map says about a member.</summary>
/// <param name="Capabilities">The capabilities its use needs; empty when the row says <c>safe</c> or <c>none</c>.</param>
/// <param name="IsLeaf">Whether the row is <c>safe</c>: nothing behind the member counts.</param>
internal sealed record CapabilityRow(ImmutableArray<string> Capabilities, bool IsLeaf);

/// <summary>The capability map: which member of which library needs which capability. The table says how its rows are to be read.</summary>
internal sealed class CapabilityMap
{
    private const string ResourceName = "CapabilityMap.tsv";

    private static readonly Lazy<CapabilityMap> Shipped = new(Load);

    private readonly Dictionary<string, CapabilityRow> _rows = new(StringComparer.Ordinal);

    private CapabilityMap(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            if (columns.Length < 2 || line[0] == '#' || columns[0] == "doc-id")
            {
                continue;
            }

            _rows[columns[0]] = columns[1] is "safe" or "none"
                ? new CapabilityRow([], columns[1] == "safe")
                : new CapabilityRow([.. columns[1].Split(',').Select(c => c.Trim())], IsLeaf: false);
        }
    }

    /// <summary>The map that ships inside this assembly.</summary>
    public static CapabilityMap Instance => Shipped.Value;

    public int Count => _rows.Count;

    public static CapabilityMap Read(TextReader reader) => new(reader);

    /// <summary>
    /// The most specific row for the member: overload, then member, then accessor-less property, then type, then namespace, then assembly; of an
    /// override or an implementation the nearest member up the chain that has one.
    /// </summary>
    public CapabilityRow? Find(ISymbol member)
    {
        var definition = member.OriginalDefinition;
        if (FindMember(definition) is { } own)
        {
            return own;
        }

        for (var overridden = Overridden(definition); overridden is not null; overridden = Overridden(overridden))
        {
            if (FindMember(overridden.OriginalDefinition) is { } inherited)
            {
                return inherited;
            }
        }

        for (var type = definition as INamedTypeSymbol ?? definition.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Get("T:" + Id(type)) is { } row)
            {
                return row;
            }
        }

        return Get("N:" + definition.ContainingNamespace?.ToDisplayString()) ?? Get("A:" + definition.ContainingAssembly?.Identity.Name);
    }

    private static CapabilityMap Load()
    {
        using var stream = typeof(CapabilityMap).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The embedded table {ResourceName} is missing.");
        using var reader = new StreamReader(stream);
        return new CapabilityMap(reader);
    }

    private CapabilityRow? FindMember(ISymbol member)
    {
        if (member is INamedTypeSymbol || member.GetDocumentationCommentId() is not { } id)
        {
            return null;
        }

        // An accessor is looked up as its property or event, first in its own direction.
        if (member is IMethodSymbol { AssociatedSymbol: { } associated, MethodKind: var accessor } && associated.GetDocumentationCommentId() is { } associatedId)
        {
            var direction = accessor == MethodKind.PropertySet ? "!set" : "!get";
            return Get(WithoutSignature(associatedId) + direction) ?? Get(associatedId) ?? Get(WithoutSignature(associatedId));
        }

        return Get(id) ?? Get(WithoutSignature(id));
    }

    private static string WithoutSignature(string id)
    {
        var signature = id.IndexOf('(');
        var end = signature < 0 ? id.Length : signature;
        var arity = id.IndexOf("``", StringComparison.Ordinal);
        return id.Substring(0, arity > 0 && arity < end ? arity : end);
    }

    private static string Id(INamedTypeSymbol type) => type.OriginalDefinition.GetDocumentationCommentId() is { Length: > 2 } id ? id.Substring(2) : "";

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol @event => @event.OverriddenEvent,
        _ => null,
    };

    private CapabilityRow? Get(string key) => _rows.TryGetValue(key, out var row) ? row : null;
}
