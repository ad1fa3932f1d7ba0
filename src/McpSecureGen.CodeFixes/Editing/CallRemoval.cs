using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Takes a call out of a chain: <c>a.B().C()</c> becomes <c>a.B()</c>; a statement that is nothing else goes as a whole.</summary>
/// <param name="Call">The call to remove.</param>
/// <param name="Name">Its name.</param>
internal sealed record CallRemoval(InvocationExpressionSyntax Call, string Name)
{
    /// <summary>The chained call whose name, or whose only argument, stands at the place.</summary>
    public static CallRemoval? Of(SyntaxNode root, TextSpan place)
    {
        var node = root.FindNode(place, getInnermostNodeForTie: true);
        var call = node switch
        {
            { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax only } } } => only,
            SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax named } } => named,
            _ => null,
        };
        return call is { Expression: MemberAccessExpressionSyntax { Name: var name } } && IsChained(call)
            ? new CallRemoval(call, name.Identifier.ValueText)
            : null;
    }

    public static SyntaxNode Remove(SyntaxNode root, InvocationExpressionSyntax call)
    {
        var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        return call.Parent is ExpressionStatementSyntax statement && receiver is IdentifierNameSyntax
            ? root.RemoveNode(statement.Parent is GlobalStatementSyntax global ? global : statement, SyntaxRemoveOptions.KeepNoTrivia)!
            : root.ReplaceNode(call, receiver.WithLeadingTrivia(call.GetLeadingTrivia()).WithTrailingTrivia(call.GetTrailingTrivia()));
    }

    /// <summary>A conditional call, or one written as a static method, is left to the author.</summary>
    private static bool IsChained(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access && !access.Expression.ToString().EndsWith("Extensions", StringComparison.Ordinal);
}
