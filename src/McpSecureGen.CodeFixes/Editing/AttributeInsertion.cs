using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Adds an attribute to a declaration the way a person would: on a line of its own, below the attributes that are there.</summary>
internal static class AttributeInsertion
{
    public static SyntaxNode Add(SyntaxNode declaration, string attribute, SyntaxTrivia lineEnd)
    {
        var list = Parse(attribute);
        var lists = AttributeListsOf(declaration);
        return lists.Count > 0
            ? WithAttributeLists(declaration, lists.Add(BelowLast(list, lists[lists.Count - 1], lineEnd)))
            : AboveDeclaration(declaration, list, lineEnd);
    }

    public static SyntaxNode? DeclarationAt(SyntaxNode root, Location location) => root
        .FindToken(location.SourceSpan.Start).Parent?.AncestorsAndSelf()
        .FirstOrDefault(n => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or TypeDeclarationSyntax);

    private static AttributeListSyntax Parse(string attribute) =>
        ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{attribute}]class C;")!).AttributeLists[0];

    private static AttributeListSyntax BelowLast(AttributeListSyntax list, AttributeListSyntax last, SyntaxTrivia lineEnd)
    {
        if (last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            return list.WithLeadingTrivia(Indentation.Of(last.GetLeadingTrivia())).WithTrailingTrivia(lineEnd);
        }

        // The attribute shares its line with the declaration, so the new one does too.
        return last.GetTrailingTrivia().Count == 0
            ? list.WithLeadingTrivia(SyntaxFactory.Space)
            : list.WithTrailingTrivia(SyntaxFactory.Space);
    }

    private static SyntaxNode AboveDeclaration(SyntaxNode declaration, AttributeListSyntax list, SyntaxTrivia lineEnd)
    {
        var leading = declaration.GetLeadingTrivia();
        var startsLine = declaration.GetFirstToken().GetPreviousToken() is var previous
            && (previous.IsKind(SyntaxKind.None) || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia));
        var rest = startsLine ? declaration.WithLeadingTrivia(Indentation.Of(leading)) : declaration.WithLeadingTrivia();
        return WithAttributeLists(
            rest,
            SyntaxFactory.SingletonList(list.WithLeadingTrivia(leading).WithTrailingTrivia(startsLine ? lineEnd : SyntaxFactory.Space)));
    }

    private static SyntaxList<AttributeListSyntax> AttributeListsOf(SyntaxNode declaration) => declaration switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        AccessorDeclarationSyntax accessor => accessor.AttributeLists,
        _ => default,
    };

    private static SyntaxNode WithAttributeLists(SyntaxNode declaration, SyntaxList<AttributeListSyntax> lists) => declaration switch
    {
        MemberDeclarationSyntax member => member.WithAttributeLists(lists),
        AccessorDeclarationSyntax accessor => accessor.WithAttributeLists(lists),
        _ => declaration,
    };
}
