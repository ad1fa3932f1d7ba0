using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Rules;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

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
        return root is null
            ? document
            : document.WithSyntaxRoot(NearestName.Replace(root, diagnostics.Where(d => NearestOf(d) is not null).Select(d => (d.Location.SourceSpan, NearestOf(d)!))));
    }

    private static string? NearestOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(UnknownCapability.NearestProperty, out var nearest) ? nearest : null;
}
