using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.Analyzers.Inference;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC1001: declares what the code evidently uses, a capability of choice, or that none is needed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC1001DeclareCapabilityFix))]
[Shared]
public sealed class MCPSEC1001DeclareCapabilityFix() : SecurityFix("MCPSEC1001")
{
    internal const string InferredKey = "MCPSEC1001:inferred";
    internal const string WaiverKey = "MCPSEC1001:waive";
    internal const string CapabilityKeyPrefix = "MCPSEC1001:capability:";
    internal const string WaiverReason = "Reads and changes nothing outside the call; any authenticated caller may use it.";

    internal static readonly ImmutableArray<string> CoreCapabilities =
        ["read:files", "write:files", "exec:commands", "net:access", "env:read"];

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !model.Compilation.ReferencedAssemblyNames.Any(n => n.Name == McpSymbols.OwnAssembly))
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (AttributeInsertion.DeclarationAt(root, diagnostic.Location) is not { } declaration)
            {
                continue;
            }

            var inferred = Infer(declaration, model, context.CancellationToken);
            if (!inferred.IsEmpty)
            {
                Offer(context, diagnostic, $"Declare what the code uses: {string.Join(", ", inferred)}", InferredKey);
            }

            foreach (var capability in CoreCapabilities)
            {
                Offer(context, diagnostic, $"Require '{capability}'", CapabilityKeyPrefix + capability);
            }

            if (CanWaive(declaration))
            {
                Offer(context, diagnostic, "Waive with a reason", WaiverKey);
            }
        }
    }

    private protected override async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return document;
        }

        // A class that inherits two undeclared methods has two findings at one place: it gets one attribute.
        var attributes = new Dictionary<SyntaxNode, string>();
        var needsUsing = false;
        foreach (var diagnostic in diagnostics)
        {
            if (AttributeInsertion.DeclarationAt(root, diagnostic.Location) is { } declaration
                && Attribute(declaration, model, equivalenceKey, cancellationToken) is { } attribute)
            {
                attributes[declaration] = attribute;
                needsUsing |= !IsInScope(model, declaration, attribute);
            }
        }

        if (attributes.Count == 0)
        {
            return document;
        }

        var lineEnd = LineEnds.Of(root);
        root = root.ReplaceNodes(attributes.Keys, (original, rewritten) => AttributeInsertion.Add(rewritten, attributes[original], lineEnd));
        if (needsUsing && root is CompilationUnitSyntax unit)
        {
            root = UsingInsertion.Add(unit, McpSymbols.OwnNamespace, lineEnd);
        }

        return document.WithSyntaxRoot(root);
    }

    private static string? Attribute(SyntaxNode declaration, SemanticModel model, string equivalenceKey, CancellationToken cancellationToken)
    {
        if (equivalenceKey.StartsWith(CapabilityKeyPrefix, StringComparison.Ordinal))
        {
            return Requires([equivalenceKey.Substring(CapabilityKeyPrefix.Length)]);
        }

        // "Fix all" meets methods that use nothing; they get the waiver, whose text the author is expected to read.
        var inferred = equivalenceKey == InferredKey ? Infer(declaration, model, cancellationToken) : [];
        return inferred.IsEmpty
            ? CanWaive(declaration) ? $"RequiresNoCapability(\"{WaiverReason}\")" : null
            : Requires(inferred);
    }

    private static string Requires(ImmutableArray<string> capabilities) =>
        $"RequiresCapability({string.Join(", ", capabilities.Select(c => "\"" + c + "\""))})";

    /// <summary>The waiver is for single methods: a class may gain others tomorrow.</summary>
    private static bool CanWaive(SyntaxNode declaration) => declaration is not TypeDeclarationSyntax;

    private static ImmutableArray<string> Infer(SyntaxNode declaration, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDeclaredSymbol(declaration, cancellationToken) is IMethodSymbol method
            ? DirectCapabilityScan.Of(method, model.Compilation, cancellationToken)
            : [];

    private static bool IsInScope(SemanticModel model, SyntaxNode declaration, string attribute)
    {
        var name = attribute.Substring(0, attribute.IndexOf('(')) + "Attribute";
        return model.LookupNamespacesAndTypes(declaration.SpanStart, name: name).Any(s => McpSymbols.IsOwnType(s, name));
    }
}
