using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>The root that a new <c>SafePath</c> names: the nearest one in use, else one that the operator has to set.</summary>
internal static class RootName
{
    private const string Usual = "\"workspace\"";

    public static async Task<string> NearestAsync(Document document, CancellationToken cancellationToken)
    {
        var own = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (own is not null && Roots(own).FirstOrDefault() is { } here)
        {
            return here.ToString();
        }

        // Elsewhere a constant may be out of reach: only what is written out can be repeated.
        foreach (var other in document.Project.Documents.OrderBy(static d => d.FilePath ?? d.Name, StringComparer.Ordinal))
        {
            if (await other.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root && Roots(root).OfType<LiteralExpressionSyntax>().FirstOrDefault() is { } literal)
            {
                return literal.ToString();
            }
        }

        return Usual;
    }

    private static IEnumerable<ExpressionSyntax> Roots(SyntaxNode root)
    {
        foreach (var attribute in root.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (attribute.Name.ToString() is "SafePath" or "SafePathAttribute" or "McpSecureGen.SafePath" && attribute.ArgumentList is { } arguments)
            {
                foreach (var argument in arguments.Arguments)
                {
                    if (argument.NameEquals?.Name.Identifier.ValueText == "Root")
                    {
                        yield return argument.Expression.WithoutTrivia();
                    }
                }
            }
        }
    }
}
