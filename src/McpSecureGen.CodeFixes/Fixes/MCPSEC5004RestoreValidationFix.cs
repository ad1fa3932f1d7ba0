using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Rules;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC5004: sets the check to true, or removes what stands in its place. An algorithm list is the author's to choose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC5004RestoreValidationFix))]
[Shared]
public sealed class MCPSEC5004RestoreValidationFix() : SecurityFix("MCPSEC5004")
{
    internal const string RestoreKey = "MCPSEC5004:restore";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || Assignment(root, diagnostic) is not { } assignment)
            {
                continue;
            }

            if (RemedyOf(diagnostic) == MCPSEC5004WeakenedValidationAnalyzer.SetTrue)
            {
                Offer(context, diagnostic, $"Set {assignment.Left.WithoutTrivia()} to true", RestoreKey);
            }
            else if (RemedyOf(diagnostic) == MCPSEC5004WeakenedValidationAnalyzer.Remove && AssignmentRemoval.CanRemove(assignment))
            {
                Offer(context, diagnostic, $"Remove {assignment.Left.WithoutTrivia()}", RestoreKey);
            }
        }
    }

    private protected override async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        var found = diagnostics.Select(d => (Remedy: RemedyOf(d), Assignment: Assignment(root, d))).Where(f => f.Assignment is not null).ToArray();
        root = root.TrackNodes(found.Select(f => f.Assignment!));
        foreach (var (remedy, original) in found)
        {
            if (root.GetCurrentNode(original!) is not { } assignment)
            {
                continue;
            }

            if (remedy == MCPSEC5004WeakenedValidationAnalyzer.SetTrue)
            {
                root = root.ReplaceNode(
                    assignment.Right, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(assignment.Right));
            }
            else if (remedy == MCPSEC5004WeakenedValidationAnalyzer.Remove && AssignmentRemoval.CanRemove(assignment))
            {
                root = AssignmentRemoval.Remove(root, assignment);
            }
        }

        return document.WithSyntaxRoot(root);
    }

    private static AssignmentExpressionSyntax? Assignment(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AssignmentExpressionSyntax>(
            a => a.Right.Span.Contains(diagnostic.Location.SourceSpan));

    private static string? RemedyOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MCPSEC5004WeakenedValidationAnalyzer.RemedyProperty, out var remedy) ? remedy : null;
}
