using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Rules;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>
/// MCPSEC5003: installs the guard of the HTTP package where the package is there and its interceptor is not at work; listens on the own machine
/// only. A project without the package gets no fix for its endpoint: a code fix cannot add a package, and no convention of ASP.NET Core
/// checks the Origin.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC5003ProtectEndpointFix))]
[Shared]
public sealed class MCPSEC5003ProtectEndpointFix() : SecurityFix("MCPSEC5003")
{
    internal const string InstallKey = "MCPSEC5003:install";
    internal const string LoopbackKey = "MCPSEC5003:loopback";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (Loopback(diagnostic) is { } loopback)
            {
                Offer(context, diagnostic, $"Listen on this machine only: {loopback}", LoopbackKey);
            }
            else if (AspNetSymbols.References(model.Compilation, AspNetSymbols.OwnAssembly) && Places(root) is [var place, ..])
            {
                Offer(context, diagnostic, $"Call {place.Services}.AddMcpSecurityHttp()", InstallKey);
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

        return document.WithSyntaxRoot(equivalenceKey == InstallKey
            ? ServicesCall.Insert(root, Places(root), "AddMcpSecurityHttp")
            : ToLoopback(root, diagnostics));
    }

    private static SyntaxNode ToLoopback(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics)
    {
        var replacements = new Dictionary<SyntaxNode, string>();
        foreach (var diagnostic in diagnostics)
        {
            if (Loopback(diagnostic) is { } loopback)
            {
                replacements[root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)] = loopback;
            }
        }

        return root.ReplaceNodes(replacements.Keys, (original, _) => SyntaxFactory.ParseExpression(replacements[original]).WithTriviaFrom(original));
    }

    /// <summary>The servers of this file that listen to HTTP.</summary>
    private static ServicesCall[] Places(SyntaxNode root) =>
    [
        .. root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(static call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddMcpServer" }
                && call.FirstAncestorOrSelf<StatementSyntax>() is { } statement
                && statement.DescendantNodes().OfType<SimpleNameSyntax>().Any(static name => name.Identifier.ValueText == "WithHttpTransport"))
            .Select(ServicesCall.Before)
            .OfType<ServicesCall>(),
    ];

    private static string? Loopback(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(MCPSEC5003UnprotectedEndpointAnalyzer.LoopbackProperty, out var loopback) ? loopback : null;
}
