using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1006: a waiver whose reason is null, empty or blank.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The reason is the author's to give: a generated one would pass the check and tell a reviewer nothing.")]
public sealed class MCPSEC1006WaiverAnalyzer() : SecurityRule(MCPSEC1006)
{
    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (OwnOutput.Contains(attribute.SyntaxTree)
            || CapabilityArguments.AttributeName(attribute, context.SemanticModel, context.CancellationToken) != McpSymbols.RequiresNoCapabilityAttribute
            || attribute.ArgumentList?.Arguments is not [{ } argument, ..])
        {
            return;
        }

        var reason = context.SemanticModel.GetConstantValue(argument.Expression, context.CancellationToken);
        if (reason is { HasValue: true, Value: null } or { HasValue: true, Value: string } && string.IsNullOrWhiteSpace(reason.Value as string))
        {
            context.ReportDiagnostic(Diagnostic.Create(MCPSEC1006, argument.Expression.GetLocation()));
        }
    }
}
