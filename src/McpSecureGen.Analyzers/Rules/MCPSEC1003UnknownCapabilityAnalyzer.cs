using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1003: a well-formed capability name that nobody defines. Names that a role grants are MCPSEC1009's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC1003UnknownCapabilityAnalyzer() : SecurityRule(MCPSEC1003)
{
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
            if (argument.Place == CapabilityPlace.Requirement)
            {
                UnknownCapability.Report(context, MCPSEC1003, argument, vocabulary.Value);
            }
        }
    }
}
