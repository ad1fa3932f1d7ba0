using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference;

/// <summary>
/// Which capabilities a method evidently uses: its own body and the source methods it calls, a few levels deep. A suggestion for a code fix,
/// not a proof: what hides behind interfaces, delegates or other assemblies is not seen.
/// </summary>
internal sealed class DirectCapabilityScan
{
    private const int MaxDepth = 5;

    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<ISymbol> _visited = new(SymbolEqualityComparer.Default);
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);

    private DirectCapabilityScan(Compilation compilation, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The capabilities in ordinal order; none when nothing is evident.</summary>
    public static ImmutableArray<string> Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var scan = new DirectCapabilityScan(compilation, cancellationToken);
        scan.Visit(method, 0);
        return [.. scan._found];
    }

    private void Visit(IMethodSymbol method, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        method = method.PartialImplementationPart ?? method;
        if (depth > MaxDepth || !_visited.Add(method.OriginalDefinition))
        {
            return;
        }

        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(_cancellationToken);
            var model = _compilation.GetSemanticModel(syntax.SyntaxTree);
            foreach (var node in syntax.DescendantNodes())
            {
                if (model.GetOperation(node, _cancellationToken) is { } operation && ReferenceEquals(operation.Syntax, node) && Used(operation) is { } used)
                {
                    Judge(used, depth);
                }
            }
        }
    }

    private void Judge(ISymbol used, int depth)
    {
        if (SymbolEqualityComparer.Default.Equals(used.ContainingAssembly, _compilation.Assembly))
        {
            if (used is IMethodSymbol method)
            {
                Visit(method, depth + 1);
            }
        }
        else if (CapabilityMap.Instance.Find(used) is { } row)
        {
            _found.UnionWith(row.Capabilities);
        }
    }

    private static ISymbol? Used(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        IMethodReferenceOperation reference => reference.Method,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Property: var property } reference => IsAssigned(reference)
            ? property.SetMethod ?? (ISymbol)property
            : property.GetMethod ?? (ISymbol)property,
        _ => null,
    };

    private static bool IsAssigned(IPropertyReferenceOperation reference) =>
        reference.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference);
}
