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
/// MCPSEC1009: replaces an unknown capability by the nearest known one, and joins a second definition with the first. A name that is missing
/// is the author's to give, and an empty namespace is not simply dropped: a role without namespaces counts in all.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC1009SoundRoleFix))]
[Shared]
public sealed class MCPSEC1009SoundRoleFix() : SecurityFix("MCPSEC1009")
{
    internal const string NearestKey = "MCPSEC1009:nearest";
    internal const string JoinKey = "MCPSEC1009:join";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (NearestOf(diagnostic) is { } nearest)
            {
                Offer(context, diagnostic, $"Use '{nearest}'", NearestKey);
            }
            else if (root is not null && Pair(root, diagnostic) is not null)
            {
                Offer(context, diagnostic, "Join with the first definition", JoinKey);
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

        return document.WithSyntaxRoot(equivalenceKey == JoinKey
            ? RoleJoin.Apply(root, [.. diagnostics.Select(d => Pair(root, d)).OfType<RoleJoin>()])
            : NearestName.Replace(root, diagnostics.Where(d => NearestOf(d) is not null).Select(d => (d.Location.SourceSpan, NearestOf(d)!))));
    }

    private static RoleJoin? Pair(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations is [{ SourceTree: { } tree } first, ..] && tree == diagnostic.Location.SourceTree
        && root.FindNode(first.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } original
        && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } repeated
            ? RoleJoin.Of(original, repeated)
            : null;

    private static string? NearestOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(UnknownCapability.NearestProperty, out var nearest) ? nearest : null;
}
