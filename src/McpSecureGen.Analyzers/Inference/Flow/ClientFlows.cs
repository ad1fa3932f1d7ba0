using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>The flows of a compilation's primitives, each followed when it is first asked for.</summary>
internal sealed class ClientFlows(Compilation compilation, SourceTypes types)
{
    private readonly ConcurrentDictionary<ISymbol, (ImmutableArray<ClientUse> Uses, ImmutableArray<ClientMatch> Matches)> _flows = new(SymbolEqualityComparer.Default);

    public (ImmutableArray<ClientUse> Uses, ImmutableArray<ClientMatch> Matches) Of(IMethodSymbol primitive, CancellationToken cancellationToken) =>
        _flows.GetOrAdd(primitive.OriginalDefinition, method => ClientFlow.Of((IMethodSymbol)method, compilation, cancellationToken));

    /// <summary>Where a member goes, in whatever primitive.</summary>
    public IEnumerable<ClientUse> UsesOf(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (var type in types.All)
        {
            foreach (var primitive in PrimitiveFinder.Find(type))
            {
                if (!primitive.IsInherited && primitive.Method.Parameters.Any(static p => ClientParameters.IsClient(p) && Concealment.Innermost(p.Type) is INamedTypeSymbol named && ObjectParser.IsObject(named)))
                {
                    foreach (var use in Of(primitive.Method, cancellationToken).Uses)
                    {
                        if (SymbolEqualityComparer.Default.Equals(use.Source, member.OriginalDefinition))
                        {
                            yield return use;
                        }
                    }
                }
            }
        }
    }
}
