using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC2006: a variable of a resource template that can hold a whole path, on a parameter that nothing confines.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC2006UnconfinedTemplateAnalyzer() : SecurityRule(MCPSEC2006)
{
    private protected override void Register(CompilationStartAnalysisContext context) => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        foreach (var (primitive, value) in ClientValue.ParametersOf(type))
        {
            if (ResourceTemplates.Unconfined(primitive, value) is { } how && SourceLocations.Name(value.Symbol) is { } location)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC2006,
                    location,
                    [SourceLocations.Of(primitive.SdkAttribute, location, context.CancellationToken)],
                    value.Symbol.Name,
                    how,
                    PrimitiveName.NamedString(primitive.SdkAttribute, "UriTemplate")));
            }
        }
    }
}
