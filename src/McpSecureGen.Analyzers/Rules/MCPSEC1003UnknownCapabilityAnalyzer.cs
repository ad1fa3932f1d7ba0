using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1003: a well-formed capability name that nobody defines.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC1003UnknownCapabilityAnalyzer() : SecurityRule(MCPSEC1003)
{
    /// <summary>The diagnostic property that carries the nearest known name.</summary>
    internal const string NearestProperty = "Nearest";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var compilation = context.Compilation;
        var vocabulary = new Lazy<CapabilityVocabulary>(() => CapabilityVocabulary.Of(compilation), LazyThreadSafetyMode.PublicationOnly);
        context.RegisterSyntaxNodeAction(node => Analyze(node, vocabulary), SyntaxKind.Attribute);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, Lazy<CapabilityVocabulary> vocabulary)
    {
        if (OwnOutput.Contains(context.Node.SyntaxTree))
        {
            return;
        }

        foreach (var argument in CapabilityArguments.Of((AttributeSyntax)context.Node, context.SemanticModel, context.CancellationToken))
        {
            if (argument is not { IsDefinition: false, Name: { } name } || !CapabilityGrammar.IsWellFormed(name) || vocabulary.Value.Contains(name))
            {
                continue;
            }

            var nearest = vocabulary.Value.Nearest(name);
            context.ReportDiagnostic(Diagnostic.Create(
                MCPSEC1003,
                argument.Expression.GetLocation(),
                nearest is null ? null : ImmutableDictionary<string, string?>.Empty.Add(NearestProperty, nearest),
                name,
                nearest is null ? "" : $" (did you mean '{nearest}'?)"));
        }
    }
}
