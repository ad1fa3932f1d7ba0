using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Two definitions of one role that can become one: both list their capabilities one by one and count in the same namespaces.</summary>
internal sealed record RoleJoin(AttributeSyntax Original, AttributeSyntax Repeated)
{
    public static RoleJoin? Of(AttributeSyntax original, AttributeSyntax repeated) =>
        IsPlain(original) && IsPlain(repeated) && Limit(original) == Limit(repeated) ? new RoleJoin(original, repeated) : null;

    public static SyntaxNode Apply(SyntaxNode root, IReadOnlyCollection<RoleJoin> joins)
    {
        root = root.TrackNodes(joins.SelectMany(j => new[] { j.Original, j.Repeated }).Distinct());
        foreach (var (original, repeated) in joins)
        {
            var target = root.GetCurrentNode(original)!;
            root = root.ReplaceNode(target, target.WithArgumentList(Joined(target, repeated)));
            var rest = root.GetCurrentNode(repeated)!;
            root = rest.Parent is AttributeListSyntax { Attributes.Count: 1 } list
                ? root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!
                : root.RemoveNode(rest, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        return root;
    }

    /// <summary>The capabilities that the first lacks go behind its own, in front of its named properties.</summary>
    private static AttributeArgumentListSyntax Joined(AttributeSyntax original, AttributeSyntax repeated)
    {
        var arguments = original.ArgumentList!.Arguments;
        var known = new HashSet<string>(Capabilities(original).Select(static a => a.ToString()), StringComparer.Ordinal);
        foreach (var capability in Capabilities(repeated))
        {
            if (known.Add(capability.ToString()))
            {
                var place = arguments.Count(static a => a.NameEquals is null);
                arguments = arguments.Insert(place, capability.WithoutTrivia());
            }
        }

        var separators = Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), arguments.Count - 1);
        return original.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments, separators));
    }

    private static IEnumerable<AttributeArgumentSyntax> Capabilities(AttributeSyntax attribute) =>
        attribute.ArgumentList!.Arguments.Where(static a => a.NameEquals is null).Skip(1);

    private static bool IsPlain(AttributeSyntax attribute) => attribute.ArgumentList is { } list && list.Arguments.All(static a =>
        a.NameColon is null && (a.NameEquals is not null
            || a.Expression is not (CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax)));

    /// <summary>The namespaces as written, so that only what is evidently the same is joined.</summary>
    private static string? Limit(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals is not null)?.Expression.ToString();
}
