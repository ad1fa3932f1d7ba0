using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Adds attributes to a parameter, property or field, with the using directives they need.</summary>
internal static class ValueAttribute
{
    /// <summary>What declares the value at that place; null when it is something else.</summary>
    public static SyntaxNode? DeclarationAt(SyntaxNode root, Location location)
    {
        var declaration = root.FindToken(location.SourceSpan.Start).Parent?.AncestorsAndSelf().FirstOrDefault(static n =>
            n is ParameterSyntax or PropertyDeclarationSyntax or FieldDeclarationSyntax or StatementSyntax or BaseMethodDeclarationSyntax or TypeDeclarationSyntax);
        return declaration is ParameterSyntax or PropertyDeclarationSyntax or FieldDeclarationSyntax ? declaration : null;
    }

    /// <summary>Edits all the declarations at once.</summary>
    public static SyntaxNode Add(SyntaxNode root, SemanticModel model, IReadOnlyDictionary<SyntaxNode, string> attributes)
    {
        var lineEnd = LineEnds.Of(root);
        var namespaces = attributes.SelectMany(pair => MissingNamespaces(model, pair.Key, pair.Value)).Distinct().ToArray();
        root = root.ReplaceNodes(attributes.Keys, (original, rewritten) => AddTo(rewritten, attributes[original], lineEnd));
        foreach (var missing in namespaces)
        {
            root = root is CompilationUnitSyntax unit ? UsingInsertion.Add(unit, missing, lineEnd) : root;
        }

        return root;
    }

    private static SyntaxNode AddTo(SyntaxNode declaration, string attributes, SyntaxTrivia lineEnd)
    {
        if (declaration is not ParameterSyntax parameter)
        {
            return AttributeInsertion.Add(declaration, attributes, lineEnd);
        }

        var list = ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{attributes}]class C;")!).AttributeLists[0];
        if (parameter.AttributeLists is [.., { Target: null } last])
        {
            // One list a parameter is how people write it.
            var separated = last.Attributes;
            foreach (var attribute in list.Attributes)
            {
                separated = separated.Add(attribute.WithoutTrivia());
            }

            var commas = Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), list.Attributes.Count);
            var joined = SyntaxFactory.SeparatedList(separated, last.Attributes.GetSeparators().Concat(commas));
            return parameter.WithAttributeLists(parameter.AttributeLists.Replace(last, last.WithAttributes(joined)));
        }

        var leading = parameter.GetLeadingTrivia();
        return parameter.WithLeadingTrivia()
            .WithAttributeLists(parameter.WithLeadingTrivia().AttributeLists.Add(list.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.Space)));
    }

    /// <summary>The namespaces that the attributes, and the enums in them, still need.</summary>
    private static IEnumerable<string> MissingNamespaces(SemanticModel model, SyntaxNode declaration, string attributes)
    {
        foreach (var (name, space) in Known)
        {
            var shortName = name.Substring(0, name.Length - "Attribute".Length);
            if ((attributes.Contains(shortName + "(") || attributes == shortName) && !model.LookupNamespacesAndTypes(declaration.SpanStart, name: name)
                .Any(found => found.ContainingNamespace?.ToDisplayString() == space))
            {
                yield return space;
            }
        }
    }

    private static readonly (string Name, string Space)[] Known =
    [
        ("StringLengthAttribute", "System.ComponentModel.DataAnnotations"),
        ("MaxLengthAttribute", "System.ComponentModel.DataAnnotations"),
        ("SafePathAttribute", "McpSecureGen"),
        ("SafeUrlAttribute", "McpSecureGen"),
        ("SafeTextAttribute", "McpSecureGen"),
        ("SafeArgumentAttribute", "McpSecureGen"),
        ("SafeExecutableAttribute", "McpSecureGen"),
    ];
}
