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

    public static readonly DiagnosticDescriptor MCPSEC5003 = new(
        "MCPSEC5003",
        "Unprotected MCP endpoint",
        "This MCP endpoint has no {0}: {1}",
        RuleCategories.Registration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The SDK maps its endpoint for everybody: any process of the network, and any web page through DNS rebinding. McpSecureGen.AspNetCore guards every MCP endpoint of a program.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC5003"));

    /// <summary>The same rule, for an address that lets the whole network try.</summary>
    public static readonly DiagnosticDescriptor MCPSEC5003PublicAddress = new(
        "MCPSEC5003",
        "Unprotected MCP endpoint",
        "'{0}' listens on every address of the machine, and the MCP endpoint of this program is unprotected",
        RuleCategories.Registration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The SDK maps its endpoint for everybody: any process of the network, and any web page through DNS rebinding. McpSecureGen.AspNetCore guards every MCP endpoint of a program.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC5003"));

    public static readonly DiagnosticDescriptor MCPSEC5004 = new(
        "MCPSEC5004",
        "Token validation weakened",
        "Token validation is weakened: {0}",
        RuleCategories.Registration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A token proves a caller only when its signature, issuer, audience and lifetime are all checked, with keys that came from the issuer.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC5004"));
}
