using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>Where to show a finding.</summary>
internal static class SourceLocations
{
    /// <summary>
    /// The method's identifier. Of a partial method the part that the author wrote: the one with a body, since the SDK's own generator adds
    /// the defining part to a file nobody edits.
    /// </summary>
    public static Location Identifier(IMethodSymbol method)
    {
        var part = method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
        return FirstInSource(part) ?? FirstInSource(part.AssociatedSymbol) ?? FirstInSource(part.ContainingType) ?? Location.None;
    }

    /// <summary>The type's identifier in its first declaration that is not this library's own output.</summary>
    public static Location Identifier(INamedTypeSymbol type) => FirstInSource(type) ?? Location.None;

    /// <summary>The symbol's name where it is first declared outside this library's own output; null when that is nowhere.</summary>
    public static Location? Name(ISymbol symbol) => FirstInSource(symbol);

    /// <summary>Whether any part of the symbol stands in a file of this compilation other than this library's own output.</summary>
    public static bool IsInSource(ISymbol symbol) => FirstInSource(symbol) is not null;

    /// <summary>The attribute as written, or the fallback when it comes from metadata.</summary>
    public static Location Of(AttributeData attribute, Location fallback, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference is { } reference ? reference.GetSyntax(cancellationToken).GetLocation() : fallback;

    /// <summary>The written type of a parameter.</summary>
    public static Location TypeOf(IParameterSymbol parameter, CancellationToken cancellationToken)
    {
        foreach (var reference in parameter.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is ParameterSyntax { Type: { } type })
            {
                return type.GetLocation();
            }
        }

        return FirstInSource(parameter) ?? Location.None;
    }

    /// <summary>The name of the member that a call or a reference spells, without its receiver and arguments.</summary>
    public static Location MemberName(SyntaxNode syntax) => (syntax is InvocationExpressionSyntax invocation ? invocation.Expression : syntax) switch
    {
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
        var other => other.GetLocation(),
    };

    private static Location? FirstInSource(ISymbol? symbol)
    {
        if (symbol is not null)
        {
            foreach (var location in symbol.Locations)
            {
                if (location.IsInSource && !OwnOutput.Contains(location.SourceTree))
                {
                    return location;
                }
            }
        }

        return null;
    }
}
