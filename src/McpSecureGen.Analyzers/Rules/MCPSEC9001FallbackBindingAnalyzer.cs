using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC9001: the generated wrapper cannot call the method directly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The way out is another signature, and callers outside the project may depend on this one.")]
public sealed class MCPSEC9001FallbackBindingAnalyzer() : SecurityRule(MCPSEC9001)
{
    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        var reported = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var primitive in PrimitiveFinder.Find(type))
        {
            if (FallbackReasons.For(primitive) is not { } reason || !reported.Add(primitive.Method))
            {
                continue;
            }

            if (!primitive.IsInherited)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC9001, SourceLocations.Identifier(primitive.Method), primitive.Kind, primitive.Method.Name, reason));
            }
            else if (!IsReportedAtDeclaration(primitive))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC9001, SourceLocations.Identifier(type), primitive.Kind, $"{type.Name}.{primitive.Method.Name}", reason));
            }
        }
    }

    private static bool IsReportedAtDeclaration(Primitive inherited)
    {
        var declaration = inherited.Method.OriginalDefinition;
        return SourceLocations.IsInSource(declaration)
            && FallbackReasons.For(inherited with { ReflectedType = declaration.ContainingType, Method = declaration }) is not null;
    }
}
