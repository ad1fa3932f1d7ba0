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
        // Methods that carry the SDK's attribute themselves, and methods that a class inherits or overrides: of those the attribute may stand in
        // another file or another assembly.
        IncrementalValuesProvider<PrimitiveModel>[] found =
        [
            Attributed(context, PrimitiveKind.Tool),
            Attributed(context, PrimitiveKind.Prompt),
            Attributed(context, PrimitiveKind.Resource),
            context.SyntaxProvider
                .CreateSyntaxProvider(static (node, _) => PrimitiveDiscovery.MayInherit(node), PrimitiveDiscovery.Inherited)
                .Where(static models => !models.IsEmpty)
                .WithTrackingName(StepNames.InheritedPrimitives)
                .SelectMany(static (models, _) => models.AsImmutableArray()),
        ];

        // Names are decided over all primitives, but only those that cannot keep their own are carried on: as a rule none, so that a new primitive
        // leaves the others alone.
        var entries = Concat(found.Select(static models => models.Select(static (model, _) => new TableEntry(model.Kind, model.Key, model.Name)).Collect()));
        var names = entries
            .Select(static (all, _) => PrimitiveNaming.Exceptions(all))
            .WithTrackingName(StepNames.Names);

        // A file per wrapper: an edit of one tool writes one file.
        foreach (var models in found)
        {
            var primitives = models
                .Combine(names)
                .Select(static (model, _) => PrimitiveNaming.Named(model.Left, model.Right))
                .Where(static model => model is not null)
                .WithTrackingName(StepNames.Primitives);
            context.RegisterSourceOutput(primitives, static (output, model) =>
                output.AddSource($"McpSecureGen.{model!.Name}.g.cs", WrapperEmitter.Emit(model)));
        }

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
        var table = entries
            .Combine(names)
            .Select(static (all, _) => PrimitiveNaming.Table(all.Left, all.Right))
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

    private static IncrementalValuesProvider<PrimitiveModel> Attributed(IncrementalGeneratorInitializationContext context, PrimitiveKind kind) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                $"{McpSymbols.ServerNamespace}.McpServer{kind}Attribute",
                static (_, _) => true,
                (attributed, cancellationToken) => PrimitiveDiscovery.Attributed(attributed, kind, cancellationToken))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(StepNames.AttributedPrimitives);

    private static IncrementalValueProvider<EquatableArray<TableEntry>> Concat(IEnumerable<IncrementalValueProvider<ImmutableArray<TableEntry>>> parts) =>
        parts
            .Select(static part => part.Select(static (entries, _) => new EquatableArray<TableEntry>(entries)))
            .Aggregate(static (left, right) => left.Combine(right).Select(static (both, _) => both.Left.Concat(both.Right).ToEquatableArray()));
}
