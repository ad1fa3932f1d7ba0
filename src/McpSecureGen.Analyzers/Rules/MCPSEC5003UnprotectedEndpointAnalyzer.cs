using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC5003: an MCP endpoint that anyone can reach, and an address that lets everyone try.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC5003UnprotectedEndpointAnalyzer() : SecurityRule(MCPSEC5003, MCPSEC5003PublicAddress)
{
    /// <summary>The diagnostic property that carries the address on the own machine to be written instead.</summary>
    internal const string LoopbackProperty = "Loopback";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        if (!AspNetSymbols.References(context.Compilation, AspNetSymbols.McpAssembly))
        {
            return;
        }

        var compilation = context.Compilation;
        var guard = new HttpGuard(compilation, context.Options);
        var leavesOpen = new Lazy<bool>(() => guard.LeavesEndpointOpen, LazyThreadSafetyMode.PublicationOnly);
        context.RegisterOperationAction(operation => Analyze(operation, guard, leavesOpen), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, HttpGuard guard, Lazy<bool> leavesOpen)
    {
        var call = (IInvocationOperation)context.Operation;
        if (OwnOutput.Contains(call.Syntax.SyntaxTree))
        {
            return;
        }

        if (AspNetSymbols.IsMapMcp(call.TargetMethod))
        {
            if (guard.Missing is { } why && guard.Lacks(call) is { } lacks)
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC5003, SourceLocations.MemberName(call.Syntax), lacks, why));
            }

            return;
        }

        foreach (var address in ListeningAddress.In(call))
        {
            if (leavesOpen.Value)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC5003PublicAddress,
                    address.Place.GetLocation(),
                    ImmutableDictionary<string, string?>.Empty.Add(LoopbackProperty, address.Loopback),
                    address.Written));
            }
        }
    }
}
