using System.Collections.Immutable;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>
/// Follows what a client sends through a primitive and the source methods it calls, to the places of the sink table.
/// </summary>
/// <remarks>
/// Without regard to the order of statements and to conditions: a check in the method is not understood. Through locals, text operations,
/// collections, lambdas, and arguments of source methods a few calls deep; not through fields, interfaces or other assemblies.
/// </remarks>
internal sealed class ClientFlow
{
    private const int MaxDepth = 4;
    private const int MaxMethods = 60;
    private const int MaxRounds = 4;

    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly List<ClientUse> _uses = [];
    private readonly List<ClientMatch> _matches = [];
    private int _methods;

    private ClientFlow(Compilation compilation, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Where the client's values go, in the order of the code.</summary>
    public static (ImmutableArray<ClientUse> Uses, ImmutableArray<ClientMatch> Matches) Of(
        IMethodSymbol primitive, Compilation compilation, CancellationToken cancellationToken)
    {
        var flow = new ClientFlow(compilation, cancellationToken);
        var method = primitive.OriginalDefinition.PartialImplementationPart ?? primitive.OriginalDefinition;
        var known = new Dictionary<ISymbol, TextFlow>(SymbolEqualityComparer.Default);
        foreach (var value in ClientValue.ParametersOf(method))
        {
            if (FlowRules.CarriesText(value.Type))
            {
                known[value.Symbol] = TextFlow.Of(value.Symbol);
            }
        }

        if (known.Count > 0)
        {
            flow.Run(method, known, 0);
        }

        return ([.. flow._uses.Distinct()], [.. flow._matches.Distinct()]);
    }

    /// <summary>Runs through a method and returns what its result is made of.</summary>
    private TextFlow Run(IMethodSymbol method, Dictionary<ISymbol, TextFlow> known, int depth)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (depth > MaxDepth || ++_methods > MaxMethods || !_open.Add(method))
        {
            return TextFlow.None;
        }

        var result = TextFlow.None;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(_cancellationToken);
            if (_compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, _cancellationToken) is { } body)
            {
                result = result.With(new FlowScope(known, Call, depth).Run(body, _uses, _matches, _cancellationToken));
            }
        }

        _open.Remove(method);
        return result;
    }

    /// <summary>What a call of a source method returns, its uses noted on the way; null when its source is not here.</summary>
    private TextFlow? Call(IMethodSymbol target, IReadOnlyList<(IParameterSymbol Parameter, TextFlow Flow)> arguments, int depth)
    {
        var method = target.OriginalDefinition.PartialImplementationPart ?? target.OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly) || method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract)
        {
            return null;
        }

        var known = new Dictionary<ISymbol, TextFlow>(SymbolEqualityComparer.Default);
        foreach (var (parameter, flow) in arguments)
        {
            if (!flow.IsEmpty && parameter.Ordinal < method.Parameters.Length)
            {
                known[method.Parameters[parameter.Ordinal]] = flow;
            }
        }

        return known.Count == 0 ? TextFlow.None : Run(method, known, depth + 1);
    }

    /// <summary>How often the operations of one method are gone through until nothing new is learnt.</summary>
    internal static int Rounds => MaxRounds;
}
