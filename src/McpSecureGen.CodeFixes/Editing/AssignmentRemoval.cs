using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Removes an assignment that stands for itself: a statement, or a member of an object initializer.</summary>
internal static class AssignmentRemoval
{
    public static bool CanRemove(AssignmentExpressionSyntax assignment) =>
        assignment.Parent is InitializerExpressionSyntax or ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax };

    public static SyntaxNode Remove(SyntaxNode root, AssignmentExpressionSyntax assignment)
    {
        // A comment above it goes with it: it said why the check was left out.
        SyntaxNode node = assignment.Parent is ExpressionStatementSyntax { Parent: var parent } statement
            ? parent is GlobalStatementSyntax ? parent : statement
            : assignment;
        if (node is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer })
        {
            return root.ReplaceNode(initializer, Without(initializer, assignment));
        }

        return root.RemoveNode(node, SyntaxRemoveOptions.KeepUnbalancedDirectives)!;
    }

    /// <summary>A list that ended with a line end keeps one: the closing brace stays on its line.</summary>
    private static InitializerExpressionSyntax Without(InitializerExpressionSyntax initializer, AssignmentExpressionSyntax assignment)
    {
        var index = initializer.Expressions.IndexOf(assignment);
        var expressions = initializer.Expressions;
        var isLast = index == expressions.Count - 1;
        if (isLast && index > 0 && expressions.SeparatorCount == index)
        {
            // The separator before it becomes superfluous; what followed the removed value follows the one before.
            var before = expressions[index - 1].WithTrailingTrivia(assignment.GetTrailingTrivia());
            expressions = expressions.RemoveAt(index);
            return initializer.WithExpressions(expressions.Replace(expressions[index - 1], before));
        }

        return initializer.WithExpressions(expressions.RemoveAt(index));
    }
}
