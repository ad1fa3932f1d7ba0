using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Descriptors;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MCPSEC5001 = new(
        "MCPSEC5001",
        "Registration that the guard refuses",
        "{0}, so the server would not start: {1}",
        RuleCategories.Registration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A primitive that reaches the server by this route has no generated wrapper: nobody would check its caller or its arguments. The guard refuses it at start-up.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC5001"));

    public static readonly DiagnosticDescriptor MCPSEC5002 = new(
        "MCPSEC5002",
        "No guard installed",
        "{0} creates a server without the guard: {1}; call services.AddMcpSecurity()",
        RuleCategories.Registration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The guard is installed by the generated interceptors or by AddMcpSecurity. Without either, no primitive of the server is secured.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC5002"));
}
