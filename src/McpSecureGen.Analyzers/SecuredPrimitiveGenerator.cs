using System.Collections.Immutable;
using McpSecureGen.Analyzers.Emission;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers;

/// <summary>
/// Writes a wrapper for every tool, prompt and resource with a declaration, the table that leads to them, and the interceptors that put the
/// guard into place. It reports nothing: diagnostics come from analyzers, so that they can be configured and suppressed in the open.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SecuredPrimitiveGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Methods that carry the SDK's attribute themselves.
        var attributed = Attributed(context, PrimitiveKind.Tool)
            .Combine(Attributed(context, PrimitiveKind.Prompt))
            .Combine(Attributed(context, PrimitiveKind.Resource))
            .SelectMany(static (all, _) => all.Left.Left.AddRange(all.Left.Right).AddRange(all.Right));

        // Methods that a class inherits or overrides: the attribute may stand in another file or another assembly.
        var inherited = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => PrimitiveDiscovery.MayInherit(node), PrimitiveDiscovery.Inherited)
            .Where(static models => !models.IsEmpty)
            .WithTrackingName(StepNames.InheritedPrimitives)
            .SelectMany(static (models, _) => models.AsImmutableArray());

        // One model per key, with a class name of its own.
        var primitives = attributed.Collect()
            .Combine(inherited.Collect())
            .SelectMany(static (all, _) => PrimitiveNaming.Distinct(all.Left.AddRange(all.Right)))
            .WithTrackingName(StepNames.Primitives);

        // A file per wrapper: an edit of one tool writes one file.
        context.RegisterSourceOutput(primitives, static (output, model) =>
            output.AddSource($"McpSecureGen.{model.Name}.g.cs", WrapperEmitter.Emit(model)));

        var definitions = context.CompilationProvider
            .Select(static (compilation, _) => PrimitiveDiscovery.Definitions(compilation))
            .WithTrackingName(StepNames.Definitions);

        var interceptorsEnabled = context.ParseOptionsProvider
            .Select(static (options, _) => Interceptors.AreEnabled(options))
            .WithTrackingName(StepNames.InterceptorsEnabled);

        var interceptions = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => InterceptionParser.IsCandidate(node), InterceptionParser.Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .Collect()
            .Combine(interceptorsEnabled)
            .Select(static (all, _) => all.Right ? new EquatableArray<InterceptionModel>(all.Left) : EquatableArray<InterceptionModel>.Empty)
            .WithTrackingName(StepNames.Interceptions);

        // The table, in every assembly that has something to say or hosts a server.
        var table = primitives
            .Select(static (model, _) => new TableEntry(model.Kind, model.Key, model.Name))
            .Collect()
            .Select(static (entries, _) => entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).ToEquatableArray())
            .Combine(definitions)
            .Combine(interceptions.Select(static (models, _) => !models.IsEmpty))
            .WithTrackingName(StepNames.Table);

        context.RegisterSourceOutput(table, static (output, model) =>
        {
            var ((entries, definitions), hosts) = model;
            if (definitions is not null && (hosts || !entries.IsEmpty || definitions.HasOwn))
            {
                output.AddSource("McpSecureGen.SecuredPrimitives.g.cs", TableEmitter.Emit(entries, definitions));
            }
        });

        context.RegisterSourceOutput(interceptions, static (output, models) =>
        {
            if (!models.IsEmpty)
            {
                output.AddSource("McpSecureGen.Interceptors.g.cs", InterceptorEmitter.Emit(models));
            }
        });
    }

    private static IncrementalValueProvider<ImmutableArray<PrimitiveModel>> Attributed(IncrementalGeneratorInitializationContext context, PrimitiveKind kind) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                $"{McpSymbols.ServerNamespace}.McpServer{kind}Attribute",
                static (_, _) => true,
                (attributed, cancellationToken) => PrimitiveDiscovery.Attributed(attributed, kind, cancellationToken))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(StepNames.AttributedPrimitives)
            .Collect();
}
