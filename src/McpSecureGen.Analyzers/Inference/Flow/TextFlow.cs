using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>Which of the client's values a text is made of.</summary>
/// <param name="Leads">Those that stand at its start, or where a URL has its host: they decide where it leads.</param>
/// <param name="Inside">Those that stand behind a fixed beginning.</param>
internal sealed record TextFlow(ImmutableHashSet<ISymbol> Leads, ImmutableHashSet<ISymbol> Inside)
{
    private static readonly ImmutableHashSet<ISymbol> Nobody = ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default);

    public static TextFlow None { get; } = new(Nobody, Nobody);

    public bool IsEmpty => Leads.IsEmpty && Inside.IsEmpty;

    public int Count => Leads.Count + Inside.Count;

    public IEnumerable<ISymbol> All => Leads.Union(Inside);

    public static TextFlow Of(ISymbol source) => new(Nobody.Add(source), Nobody);

    public TextFlow With(TextFlow other) => other.IsEmpty ? this : IsEmpty ? other : new(Leads.Union(other.Leads), Inside.Union(other.Inside));

    /// <summary>The same behind a fixed beginning.</summary>
    public TextFlow Behind() => Leads.IsEmpty ? this : new(Nobody, Leads.Union(Inside));
}
