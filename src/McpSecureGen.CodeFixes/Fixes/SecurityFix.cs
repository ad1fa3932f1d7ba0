using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>
/// What every fix has in common: one edit of a document serves a single finding and "fix all" alike, so that both give the same result and
/// repeated edits (a using directive, two findings at one place) cannot collide.
/// </summary>
public abstract class SecurityFix : CodeFixProvider
{
    private readonly FixAllProvider _fixAll;

    private protected SecurityFix(string id)
    {
        FixableDiagnosticIds = [id];
        _fixAll = FixAllProvider.Create(async (context, document, diagnostics) =>
            await ApplyAsync(document, diagnostics, context.CodeActionEquivalenceKey ?? "", context.CancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc />
    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    /// <summary>Edits the document for all the findings. The key says which of the offered actions was chosen.</summary>
    private protected abstract Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken);

    private protected void Offer(CodeFixContext context, Diagnostic diagnostic, string title, string equivalenceKey) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, token => ApplyAsync(context.Document, [diagnostic], equivalenceKey, token), equivalenceKey), diagnostic);
}
