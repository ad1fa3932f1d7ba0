using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC5002: a program creates a server and nothing installs the guard.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC5002MissingGuardAnalyzer() : SecurityRule(MCPSEC5002)
{
    private protected override void Register(CompilationStartAnalysisContext context)
    {
        // A library leaves the choice to the program that hosts it; that program is compiled with this rule too.
        if (context.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication))
        {
            return;
        }

        var compilation = context.Compilation;
        var reason = Interceptors.WhyOff(context.Options, compilation);
        var isGuarded = new Lazy<bool>(() => MemberUses.OfMethod(SdkRegistration.GuardMethod, compilation).Any(use => SdkRegistration.InstallsGuard(use.Method)), LazyThreadSafetyMode.PublicationOnly);
        context.RegisterOperationAction(
            operation =>
            {
                var (method, place, isCall) = Target(operation.Operation);
                if (SdkRegistration.CreatesServer(method)
                    && !OwnOutput.Contains(place.SourceTree)
                    && (isCall ? reason : "a method group cannot be intercepted") is { } why
                    && !isGuarded.Value)
                {
                    operation.ReportDiagnostic(Diagnostic.Create(MCPSEC5002, place, $"{method.ContainingType.Name}.{method.Name}", why));
                }
            },
            OperationKind.Invocation,
            OperationKind.MethodReference);
    }

    private static (IMethodSymbol Method, Location Place, bool IsCall) Target(IOperation operation) => operation is IInvocationOperation invocation
        ? (invocation.TargetMethod, SourceLocations.MemberName(invocation.Syntax), true)
        : (((IMethodReferenceOperation)operation).Method, SourceLocations.MemberName(operation.Syntax), false);
}
