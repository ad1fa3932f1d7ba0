using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>A place that names a method.</summary>
internal readonly record struct MethodUse(IMethodSymbol Method, SimpleNameSyntax Name, SemanticModel Model);

/// <summary>A place that names a property.</summary>
internal readonly record struct PropertyUse(IPropertySymbol Property, SimpleNameSyntax Name);

/// <summary>
/// Finds the uses of a member in a whole program. Asked only when a rule has met the rare thing it warns of, and looked up there rather than at
/// the end of the compilation, because an editor offers no fix for what is found at the end.
/// </summary>
internal static class MemberUses
{
    public static IEnumerable<MethodUse> OfMethod(string method, Compilation compilation)
    {
        foreach (var (name, symbol, model) in Of(method, compilation))
        {
            if (symbol is IMethodSymbol found)
            {
                yield return new MethodUse(found, name, model);
            }
        }
    }

    public static IEnumerable<PropertyUse> OfProperty(string property, Compilation compilation)
    {
        foreach (var (name, symbol, _) in Of(property, compilation))
        {
            if (symbol is IPropertySymbol found)
            {
                yield return new PropertyUse(found, name);
            }
        }
    }

    private static IEnumerable<(SimpleNameSyntax Name, ISymbol? Symbol, SemanticModel Model)> Of(string member, Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (OwnOutput.Contains(tree))
            {
                continue;
            }

            SemanticModel? model = null;
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText == member)
                {
#pragma warning disable RS1030 // One look-up for each place that spells the name, in the rare program that has to be asked.
                    model ??= compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
                    yield return (name, model.GetSymbolInfo(name).Symbol, model);
                }
            }
        }
    }
}
