using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC1008: moves the declaration to the primitive that was evidently meant, or removes it; removes anonymous access.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC1008RemoveDeclarationFix))]
[Shared]
public sealed class MCPSEC1008RemoveDeclarationFix() : SecurityFix("MCPSEC1008")
{
    internal const string RemoveKey = "MCPSEC1008:remove";
    internal const string MoveKey = "MCPSEC1008:move";

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

            if (AttributeAt(root, diagnostic) is { } attribute)
            {
                if (TargetOf(root, diagnostic) is { } target)
                {
                    Offer(context, diagnostic, $"Move [{attribute.WithoutTrivia()}] to {target.Identifier.ValueText}", MoveKey);
                }

                Offer(context, diagnostic, $"Remove [{attribute.WithoutTrivia()}]", RemoveKey);
            }
            else if (CallRemoval.Of(root, diagnostic.Location.SourceSpan) is { } call)
            {
                Offer(context, diagnostic, $"Remove {call.Name}", RemoveKey);
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

        var lineEnd = LineEnds.Of(root);
        var attributes = diagnostics.Select(d => (Attribute: AttributeAt(root, d), Target: TargetOf(root, d))).Where(f => f.Attribute is not null).ToArray();
        var calls = diagnostics.Select(d => CallRemoval.Of(root, d.Location.SourceSpan)).OfType<CallRemoval>().Select(c => c.Call).Distinct().ToArray();
        root = root.TrackNodes(attributes.SelectMany(f => new SyntaxNode?[] { f.Attribute, f.Target }).Concat(calls).OfType<SyntaxNode>().Distinct());
        foreach (var (attribute, target) in attributes)
        {
            if (equivalenceKey == MoveKey)
            {
                if (target is null)
                {
                    continue;
                }

                var method = root.GetCurrentNode(target)!;
                root = root.ReplaceNode(method, AttributeInsertion.Add(method, attribute!.WithoutTrivia().ToString(), lineEnd));
            }

            root = AttributeRemoval.Remove(root, root.GetCurrentNode(attribute!)!);
        }

        // The outer call of a chain first: what it is called on is a node of its own.
        foreach (var call in calls.OrderByDescending(c => c.Span.Length))
        {
            root = CallRemoval.Remove(root, root.GetCurrentNode(call)!);
        }

        return document.WithSyntaxRoot(root);
    }

    private static AttributeSyntax? AttributeAt(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is AttributeSyntax attribute ? attribute : null;

    private static MethodDeclarationSyntax? TargetOf(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations is [{ SourceTree: { } tree } target, ..] && tree == diagnostic.Location.SourceTree
            ? root.FindNode(target.SourceSpan) as MethodDeclarationSyntax
            : null;
}
