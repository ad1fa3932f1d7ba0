using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC1003: replaces an unknown capability by the nearest known one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC1003NearestCapabilityFix))]
[Shared]
public sealed class MCPSEC1003NearestCapabilityFix() : SecurityFix("MCPSEC1003")
{
    internal const string NearestKey = "MCPSEC1003:nearest";

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (NearestOf(diagnostic) is { } nearest)
            {
                Offer(context, diagnostic, $"Use '{nearest}'", NearestKey);
            }
        }

        return Task.CompletedTask;
    }

    private protected override async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        var replacements = new Dictionary<SyntaxNode, string>();
        foreach (var diagnostic in diagnostics)
        {
            if (NearestOf(diagnostic) is { } nearest
                && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression)
            {
                replacements[expression] = nearest;
            }
        }

        return document.WithSyntaxRoot(root.ReplaceNodes(replacements.Keys, (original, _) => SyntaxFactory
            .LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(replacements[original]))
            .WithTriviaFrom(original)));
    }

    private static string? NearestOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MCPSEC1003UnknownCapabilityAnalyzer.NearestProperty, out var nearest) ? nearest : null;
}
