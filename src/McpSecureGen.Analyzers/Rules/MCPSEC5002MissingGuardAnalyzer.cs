using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        var reason = WhyInterceptorsAreOff(context.Options, compilation);
        var isGuarded = new Lazy<bool>(() => CallsGuard(compilation), LazyThreadSafetyMode.PublicationOnly);
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

    /// <summary>
    /// Whether the guard is called anywhere in the program. Asked only when a server without interceptors was found, and looked up here rather
    /// than at the end of the compilation, because an editor offers no fix for what is found at the end.
    /// </summary>
    private static bool CallsGuard(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (OwnOutput.Contains(tree))
            {
                continue;
            }

            foreach (var name in tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>())
            {
#pragma warning disable RS1030 // One look-up for each place that spells the name, in the rare program without interceptors.
                if (name.Identifier.ValueText == SdkRegistration.GuardMethod
                    && compilation.GetSemanticModel(tree).GetSymbolInfo(name).Symbol is IMethodSymbol method
                    && SdkRegistration.InstallsGuard(method))
                {
                    return true;
                }
#pragma warning restore RS1030
            }
        }

        return false;
    }

    private static string? WhyInterceptorsAreOff(AnalyzerOptions settings, Compilation compilation)
    {
        if (settings.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.McpSecureGenInterceptors", out var setting)
            && string.Equals(setting.Trim(), "false", StringComparison.OrdinalIgnoreCase))
        {
            return "McpSecureGenInterceptors is false";
        }

        return compilation.SyntaxTrees.FirstOrDefault()?.Options is { } options && !Interceptors.AreEnabled(options)
            ? $"InterceptorsNamespaces does not list {Interceptors.Namespace}"
            : null;
    }

    private static (IMethodSymbol Method, Location Place, bool IsCall) Target(IOperation operation) => operation is IInvocationOperation invocation
        ? (invocation.TargetMethod, Name(invocation.Syntax), true)
        : (((IMethodReferenceOperation)operation).Method, Name(operation.Syntax), false);

    private static Location Name(SyntaxNode syntax) => (syntax is InvocationExpressionSyntax invocation ? invocation.Expression : syntax) switch
    {
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
        var other => other.GetLocation(),
    };
}
