using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Replaces names by others, as string literals.</summary>
internal static class NearestName
{
    public static SyntaxNode Replace(SyntaxNode root, IEnumerable<(TextSpan Place, string Name)> names)
    {
        var replacements = new Dictionary<SyntaxNode, string>();
        foreach (var (place, name) in names)
        {
            if (root.FindNode(place, getInnermostNodeForTie: true) is ExpressionSyntax expression)
            {
                replacements[expression] = name;
            }
        }

        return root.ReplaceNodes(replacements.Keys, (original, _) => SyntaxFactory
            .LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(replacements[original]))
            .WithTriviaFrom(original));
    }
}
