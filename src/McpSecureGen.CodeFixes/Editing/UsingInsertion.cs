using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Adds a using directive in its alphabetic place.</summary>
internal static class UsingInsertion
{
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string @namespace, SyntaxTrivia lineEnd)
    {
        if (root.Usings.Any(u => u.Alias is null && u.StaticKeyword.IsKind(SyntaxKind.None) && u.Name?.ToString() == @namespace))
        {
            return root;
        }

        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(@namespace))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(lineEnd);
        return root.Usings.Count == 0 ? AsFirst(root, directive, lineEnd) : Among(root, directive, @namespace);
    }

    private static CompilationUnitSyntax Among(CompilationUnitSyntax root, UsingDirectiveSyntax directive, string @namespace)
    {
        var index = 0;
        while (index < root.Usings.Count && ComesBefore(root.Usings[index], @namespace))
        {
            index++;
        }

        if (index == 0)
        {
            var first = root.Usings[0];
            directive = directive.WithLeadingTrivia(first.GetLeadingTrivia());
            root = root.ReplaceNode(first, first.WithLeadingTrivia());
        }

        return root.WithUsings(root.Usings.Insert(index, directive));
    }

    private static bool ComesBefore(UsingDirectiveSyntax existing, string @namespace)
    {
        if (!existing.GlobalKeyword.IsKind(SyntaxKind.None))
        {
            return true;
        }

        if (existing.Alias is not null || !existing.StaticKeyword.IsKind(SyntaxKind.None))
        {
            return false;
        }

        var name = existing.Name?.ToString() ?? "";
        return name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || string.CompareOrdinal(name, @namespace) < 0;
    }

    private static CompilationUnitSyntax AsFirst(CompilationUnitSyntax root, UsingDirectiveSyntax directive, SyntaxTrivia lineEnd)
    {
        // A file header stays on top: it is what stands above the first blank line.
        var token = root.GetFirstToken(includeZeroWidth: true);
        var leading = token.LeadingTrivia;
        var split = HeaderLength(leading);
        root = root.ReplaceToken(token, token.WithLeadingTrivia(leading.Skip(split)));
        return root.WithUsings(SyntaxFactory.SingletonList(directive
            .WithLeadingTrivia(leading.Take(split))
            .WithTrailingTrivia(lineEnd, lineEnd)));
    }

    private static int HeaderLength(SyntaxTriviaList leading)
    {
        var split = 0;
        var lineIsEmpty = false;
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                split = lineIsEmpty ? i + 1 : split;
                lineIsEmpty = true;
            }
            else if (leading[i].IsDirective)
            {
                // A directive ends its own line, and those that must stand first (#define, #nullable) stay above.
                split = i + 1;
                lineIsEmpty = true;
            }
            else if (!leading[i].IsKind(SyntaxKind.WhitespaceTrivia))
            {
                lineIsEmpty = false;
            }
        }

        return split;
    }
}
