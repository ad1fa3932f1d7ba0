using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>
/// What every rule has in common: it runs concurrently, does nothing in a project without MCP, and looks into generated code, because a file
/// named <c>.g.cs</c> must not be a place to hide. Only this library's own output is left out.
/// </summary>
public abstract class SecurityRule : DiagnosticAnalyzer
{
    private protected SecurityRule(params DiagnosticDescriptor[] descriptors) => SupportedDiagnostics = [.. descriptors];

    /// <inheritdoc />
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc />
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
#pragma warning disable RS0030 // The one place the ban points to.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
#pragma warning restore RS0030
        context.RegisterCompilationStartAction(start =>
        {
            if (McpSymbols.References(start.Compilation))
            {
                Register(start);
            }
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext context);
}
