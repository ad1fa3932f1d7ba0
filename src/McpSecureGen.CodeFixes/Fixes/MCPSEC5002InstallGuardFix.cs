using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC5002: calls <c>AddMcpSecurity</c> on the same services, in the statement before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC5002InstallGuardFix))]
[Shared]
public sealed class MCPSEC5002InstallGuardFix() : SecurityFix("MCPSEC5002")
{
    internal const string InstallKey = "MCPSEC5002:install";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && Place(root, diagnostic) is { } place)
            {
                Offer(context, diagnostic, $"Call {place.Services}.AddMcpSecurity()", InstallKey);
            }
        }
    }

    private protected override async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        return root is null
            ? document
            : document.WithSyntaxRoot(ServicesCall.Insert(root, diagnostics.Select(d => Place(root, d)).OfType<ServicesCall>(), "AddMcpSecurity"));
    }

    private static ServicesCall? Place(SyntaxNode root, Diagnostic diagnostic) =>
        ServicesCall.Before(root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>());
}
