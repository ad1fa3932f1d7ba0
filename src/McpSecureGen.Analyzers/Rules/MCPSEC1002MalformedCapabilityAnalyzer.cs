using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1002: a capability name that does not follow the grammar.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Only the author knows which right was meant; guessing one would grant or demand something nobody chose.")]
public sealed class MCPSEC1002MalformedCapabilityAnalyzer() : SecurityRule(MCPSEC1002)
{
    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (OwnOutput.Contains(context.Node.SyntaxTree))
        {
            return;
        }

        foreach (var argument in CapabilityArguments.Of((AttributeSyntax)context.Node, context.SemanticModel, context.CancellationToken))
        {
            if (!CapabilityGrammar.IsWellFormed(argument.Name))
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC1002, argument.Expression.GetLocation(), argument.Name ?? "null"));
            }
        }
    }
}
