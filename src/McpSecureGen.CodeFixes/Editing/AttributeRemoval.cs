using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Removes an attribute, and its brackets when nothing else stands in them. What is documented above stays.</summary>
internal static class AttributeRemoval
{
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        if (attribute.Parent is not AttributeListSyntax { Attributes.Count: 1 } list)
        {
            return root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        var next = list.GetLastToken().GetNextToken();
        var ownLine = list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        var first = list.Parent is { } owner && owner.GetFirstToken() == list.GetFirstToken();
        var leading = list.GetLeadingTrivia();
        var marker = new SyntaxAnnotation();
        root = root.ReplaceToken(next, next.WithAdditionalAnnotations(marker));
        list = root.DescendantNodes().OfType<AttributeListSyntax>().First(l => l.Span == list.Span);
        root = root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
        if (first)
        {
            // The declaration takes over what stood above the attribute: comments, and the indentation.
            var token = root.GetAnnotatedTokens(marker).Single();
            root = root.ReplaceToken(token, token.WithLeadingTrivia(ownLine || token.LeadingTrivia.Count == 0 ? leading : leading.AddRange(token.LeadingTrivia)));
        }

        return root;
    }
}
