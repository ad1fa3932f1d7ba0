using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>All types of the compilation's own assembly and who derives from whom. Built on first use, once for a compilation.</summary>
internal sealed class SourceTypes
{
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _all;
    private readonly Lazy<ILookup<INamedTypeSymbol, INamedTypeSymbol>> _derived;

    public SourceTypes(Compilation compilation, CancellationToken cancellationToken)
    {
        _all = new(() => Walk(compilation.Assembly.GlobalNamespace, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
        _derived = new(Index, LazyThreadSafetyMode.PublicationOnly);
    }

    public ImmutableArray<INamedTypeSymbol> All => _all.Value;

    /// <summary>Everything that derives from the type, directly or not.</summary>
    public IEnumerable<INamedTypeSymbol> DerivedFrom(INamedTypeSymbol type)
    {
        foreach (var child in _derived.Value[type.OriginalDefinition])
        {
            yield return child;
            foreach (var grandchild in DerivedFrom(child))
            {
                yield return grandchild;
            }
        }
    }

    private ILookup<INamedTypeSymbol, INamedTypeSymbol> Index() => All
        .Where(t => t.BaseType is not null)
        .ToLookup(t => t.BaseType!.OriginalDefinition, t => t, NamedTypes.Instance);

    private static ImmutableArray<INamedTypeSymbol> Walk(INamespaceSymbol root, CancellationToken cancellationToken)
    {
        var types = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(root);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var member in open.Pop().GetMembers())
            {
                if (member is INamedTypeSymbol type)
                {
                    types.Add(type);
                    open.Push(type);
                }
                else if (member is INamespaceSymbol space)
                {
                    open.Push(space);
                }
            }
        }

        return types.ToImmutable();
    }

    /// <summary>The lookup needs a comparer of exactly this type argument.</summary>
    private sealed class NamedTypes : IEqualityComparer<INamedTypeSymbol>
    {
        public static readonly NamedTypes Instance = new();

        public bool Equals(INamedTypeSymbol? x, INamedTypeSymbol? y) => SymbolEqualityComparer.Default.Equals(x, y);

        public int GetHashCode(INamedTypeSymbol obj) => SymbolEqualityComparer.Default.GetHashCode(obj);
    }
}
