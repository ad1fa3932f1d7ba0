using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Rules;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>
/// MCPSEC2004: puts alternatives into a group so that the anchors hold for all, and runs a pattern in code without backtracking. How a pattern is
/// to be written anew is the author's decision.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC2004SafePatternFix))]
[Shared]
public sealed class MCPSEC2004SafePatternFix() : SecurityFix("MCPSEC2004")
{
    internal const string GroupKey = "MCPSEC2004:group";
    internal const string WithoutBacktrackingKey = "MCPSEC2004:without";

    private const string Option = "RegexOptions.NonBacktracking";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null)
            {
                continue;
            }

            if (PatternOf(root, diagnostic) is var (_, pattern))
            {
                Offer(context, diagnostic, $"Use '{pattern}'", GroupKey);
            }
            else if (CallOf(root, diagnostic) is not null)
            {
                Offer(context, diagnostic, $"Match with {Option}", WithoutBacktrackingKey);
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

        if (equivalenceKey == GroupKey)
        {
            var patterns = diagnostics.Select(d => PatternOf(root, d)).OfType<(ExpressionSyntax Written, string Pattern)>().ToDictionary(static p => (SyntaxNode)p.Written, static p => p.Pattern);
            return document.WithSyntaxRoot(root.ReplaceNodes(patterns.Keys, (original, _) => SyntaxFactory
                .ParseExpression("@\"" + patterns[original].Replace("\"", "\"\"") + "\"")
                .WithTriviaFrom(original)));
        }

        var calls = diagnostics.Select(d => CallOf(root, d)).OfType<ArgumentListSyntax>().Distinct().ToArray();
        if (calls.Length == 0)
        {
            return document;
        }

        root = root.ReplaceNodes(calls, static (_, call) => WithOption(call));
        return document.WithSyntaxRoot(root is CompilationUnitSyntax unit
            ? UsingInsertion.Add(unit, "System.Text.RegularExpressions", LineEnds.Of(root))
            : root);
    }

    private static ArgumentListSyntax WithOption(ArgumentListSyntax call)
    {
        if (OptionsOf(call) is { } options)
        {
            return call.ReplaceNode(
                options.Expression,
                SyntaxFactory.ParseExpression(options.Expression.ToString() == "RegexOptions.None" ? Option : $"{options.Expression.WithoutTrivia()} | {Option}").WithTriviaFrom(options.Expression));
        }

        return call.AddArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(Option)).WithLeadingTrivia(SyntaxFactory.Space));
    }

    private static ArgumentSyntax? OptionsOf(ArgumentListSyntax call) =>
        call.Arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText == "options" || a.Expression.ToString().Contains("RegexOptions."));

    private static (ExpressionSyntax Written, string Pattern)? PatternOf(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MCPSEC2004UnsafePatternAnalyzer.PatternProperty, out var pattern) && pattern is not null &&
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax written
            ? (written, pattern)
            : null;

    /// <summary>The call whose options can be set: of a constructor, or of a static method that takes pattern and options last.</summary>
    private static ArgumentListSyntax? CallOf(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MCPSEC2004UnsafePatternAnalyzer.CanRunWithoutProperty, out var can) && can is not null &&
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ArgumentSyntax>() is { Parent: ArgumentListSyntax list }
            ? list
            : null;
}
