using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC5004: a setting that leaves out a part of token validation, in a project that serves MCP.</summary>
/// <remarks>
/// Only what the code says for certain: constants, and delegates whose body accepts everything. A value that is computed, such as from the
/// environment or from configuration, is not judged.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC5004WeakenedValidationAnalyzer() : SecurityRule(MCPSEC5004)
{
    /// <summary>The diagnostic property that says how to mend: one of the two below, or absent.</summary>
    internal const string RemedyProperty = "Remedy";

    /// <summary>The value at the finding becomes <see langword="true"/>.</summary>
    internal const string SetTrue = "True";

    /// <summary>The assignment goes, and the library's own check takes its place.</summary>
    internal const string Remove = "Remove";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        // A project that is only a client of MCP servers may validate other tokens; that is another rule book.
        if (AspNetSymbols.References(context.Compilation, AspNetSymbols.McpAssembly)
            || AspNetSymbols.References(context.Compilation, McpSymbols.OwnAssembly))
        {
            context.RegisterOperationAction(Analyze, OperationKind.SimpleAssignment);
        }
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property } reference || OwnOutput.Contains(assignment.Syntax.SyntaxTree))
        {
            return;
        }

        // Asked of every assignment of the project: nothing is made before one of these settings is met.
        var isCallback = TokenValidationSettings.IsCertificateCallback(property);
        var weakness = isCallback ? null : TokenValidationSettings.Of(property);
        if (!isCallback && weakness is null)
        {
            return;
        }

        var name = $"{property.ContainingType.Name}.{property.Name}";
        var value = assignment.Value;
        if (isCallback)
        {
            if (Backchannel.Uses(reference) && AcceptingDelegate.Is(value, context.Compilation))
            {
                Report(value.Syntax, $"{name} accepts any certificate, so that anyone on the way can supply the issuer's keys", Remove);
            }

            return;
        }

        switch (weakness)
        {
            case Weakness.False when value.ConstantValue is { HasValue: true, Value: false }:
                Report(value.Syntax, $"{name} is false", SetTrue);
                break;
            case Weakness.AcceptsEverything when AcceptingDelegate.Is(value, context.Compilation):
                Report(value.Syntax, $"{name} accepts everything", Remove);
                break;
            case Weakness.LongSkew when ConstantDuration.Of(value) is { } skew && skew > TokenValidationSettings.GreatestSkew:
                Report(value.Syntax, $"{name} is more than five minutes, and a token lives that much longer", Remove);
                break;
            case Weakness.NoneAlgorithm:
                foreach (var operation in value.DescendantsAndSelf())
                {
                    // Whatever its casing: libraries that compared it exactly have let "nOnE" pass.
                    if (operation.ConstantValue is { HasValue: true, Value: string algorithm }
                        && string.Equals(algorithm, "none", StringComparison.OrdinalIgnoreCase)
                        && operation.Parent is not { ConstantValue.HasValue: true })
                    {
                        Report(operation.Syntax, $"{name} lists '{algorithm}', so that unsigned tokens pass", remedy: null);
                    }
                }

                break;
        }

        void Report(SyntaxNode place, string what, string? remedy) => context.ReportDiagnostic(Diagnostic.Create(
            MCPSEC5004,
            place.GetLocation(),
            remedy is null ? null : ImmutableDictionary<string, string?>.Empty.Add(RemedyProperty, remedy),
            what));
    }
}
