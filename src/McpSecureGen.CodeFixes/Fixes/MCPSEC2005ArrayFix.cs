using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC2005: makes an array of a sequence of data. Where a service is registered is the author's decision.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC2005ArrayFix))]
[Shared]
public sealed class MCPSEC2005ArrayFix() : SecurityFix("MCPSEC2005")
{
    internal const string ArrayKey = "MCPSEC2005:array";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && ElementOf(root, diagnostic) is var (_, element))
            {
                Offer(context, diagnostic, $"Take '{element.WithoutTrivia()}[]'", ArrayKey);
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

        var types = diagnostics.Select(d => ElementOf(root, d)).OfType<(TypeSyntax Sequence, TypeSyntax Element)>().ToDictionary(static t => (SyntaxNode)t.Sequence, static t => t.Element);
        return document.WithSyntaxRoot(root.ReplaceNodes(types.Keys, (original, _) => SyntaxFactory
            .ParseTypeName(types[original].WithoutTrivia() + "[]")
            .WithTriviaFrom(original)));
    }

    private static (TypeSyntax Sequence, TypeSyntax Element)? ElementOf(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(MCPSEC2005ServiceOrArgumentAnalyzer.ElementProperty))
        {
            return null;
        }

        var written = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: false);
        var type = written as TypeSyntax ?? (written as ParameterSyntax)?.Type;
        if (type is NullableTypeSyntax nullable)
        {
            type = nullable.ElementType;
        }

        var generic = type as GenericNameSyntax ?? (type as QualifiedNameSyntax)?.Right as GenericNameSyntax;
        return type is not null && generic is { TypeArgumentList.Arguments: [var element] } ? (type, element) : null;
    }
}
