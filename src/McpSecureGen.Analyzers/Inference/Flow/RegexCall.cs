using System.Text.RegularExpressions;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>The constant pattern that a call of <see cref="Regex"/> matches with.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Options">Its options.</param>
/// <param name="IsBounded">Whether it runs without backtracking or within a time limit.</param>
/// <param name="Syntax">Where the pattern is written.</param>
internal sealed record RegexCall(string Pattern, RegexOptions Options, bool IsBounded, SyntaxNode Syntax)
{
    /// <summary><c>RegexOptions.NonBacktracking</c>, which the framework that analyzers are compiled for does not name.</summary>
    public const int NonBacktracking = 1024;

    /// <summary>Null when the pattern is not constant or cannot be found.</summary>
    public static RegexCall? Of(IInvocationOperation call, Compilation compilation, CancellationToken cancellationToken) =>
        call.Instance is { } instance ? OfInstance(instance, compilation, 0, cancellationToken) : OfArguments(call.Arguments);

    private static RegexCall? OfInstance(IOperation? instance, Compilation compilation, int depth, CancellationToken cancellationToken)
    {
        if (depth > 4)
        {
            return null;
        }

        switch (instance)
        {
            case IObjectCreationOperation creation when FlowRules.IsRegex(creation.Type):
                return OfArguments(creation.Arguments);
            case IConversionOperation conversion:
                return OfInstance(conversion.Operand, compilation, depth + 1, cancellationToken);
            case IFieldReferenceOperation { Field: var field }:
                return Declared(field);
            case ILocalReferenceOperation { Local: var local }:
                return Declared(local);
            case IPropertyReferenceOperation { Property: var property }:
                return Generated(property) ?? Declared(property);
            case IInvocationOperation { TargetMethod: var method }:
                return Generated(method);
            default:
                return null;
        }

        RegexCall? Declared(ISymbol symbol)
        {
            foreach (var reference in symbol.DeclaringSyntaxReferences)
            {
                var syntax = reference.GetSyntax(cancellationToken);
                foreach (var node in syntax.DescendantNodes())
                {
                    if (compilation.GetSemanticModel(node.SyntaxTree).GetOperation(node, cancellationToken) is IObjectCreationOperation creation && FlowRules.IsRegex(creation.Type))
                    {
                        return OfArguments(creation.Arguments);
                    }
                }
            }

            return null;
        }

        RegexCall? Generated(ISymbol symbol)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute.AttributeClass is { Name: "GeneratedRegexAttribute" } type && McpSymbols.IsNamespace(type.ContainingNamespace, "System.Text.RegularExpressions") &&
                    attribute.ConstructorArguments is [{ Value: string pattern }, ..] && attribute.ApplicationSyntaxReference is { } reference)
                {
                    var options = attribute.ConstructorArguments.Skip(1).Select(static a => a.Value).OfType<int>().ToArray();
                    return New(pattern, options.FirstOrDefault(), options.Length > 1 && options[1] > 0, reference.GetSyntax(cancellationToken));
                }
            }

            return null;
        }
    }

    private static RegexCall? OfArguments(IEnumerable<IArgumentOperation> arguments)
    {
        string? pattern = null;
        SyntaxNode? syntax = null;
        var options = 0;
        var hasLimit = false;
        foreach (var argument in arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "pattern" when argument.Value.ConstantValue is { HasValue: true, Value: string text }:
                    pattern = text;
                    syntax = argument.Value.Syntax;
                    break;
                case "options":
                    options = argument.Value.ConstantValue is { HasValue: true, Value: int value } ? value : 0;
                    break;
                case "matchTimeout":
                    hasLimit = true;
                    break;
            }
        }

        return pattern is null ? null : New(pattern, options, hasLimit, syntax!);
    }

    private static RegexCall New(string pattern, int options, bool hasLimit, SyntaxNode syntax) =>
        new(pattern, (RegexOptions)(options & ~NonBacktracking), hasLimit || (options & NonBacktracking) != 0, syntax);
}
