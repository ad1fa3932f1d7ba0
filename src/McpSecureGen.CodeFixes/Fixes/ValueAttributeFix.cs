using System.Collections.Immutable;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>A fix that adds attributes to the parameter or member where the finding stands.</summary>
public abstract class ValueAttributeFix : SecurityFix
{
    private readonly string _key;

    private protected ValueAttributeFix(string id, string key)
        : base(id) => _key = key;

    /// <inheritdoc />
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return;
        }

        var nearest = await RootName.NearestAsync(context.Document, context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (ValueAttribute.DeclarationAt(root, diagnostic.Location) is not null && Attributes(diagnostic, nearest) is { } attributes)
            {
                Offer(context, diagnostic, $"Add [{attributes}]", _key);
            }
        }
    }

    private protected sealed override async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return document;
        }

        var nearest = await RootName.NearestAsync(document, cancellationToken).ConfigureAwait(false);
        var attributes = new Dictionary<SyntaxNode, string>();
        foreach (var diagnostic in diagnostics)
        {
            if (ValueAttribute.DeclarationAt(root, diagnostic.Location) is { } declaration && Attributes(diagnostic, nearest) is { } text)
            {
                attributes[declaration] = text;
            }
        }

        return attributes.Count == 0 ? document : document.WithSyntaxRoot(ValueAttribute.Add(root, model, attributes));
    }

    /// <summary>The attributes that the finding asks for, without brackets; null when it asks for none that can be written without the author.</summary>
    private protected abstract string? Attributes(Diagnostic diagnostic, string nearestRoot);
}
