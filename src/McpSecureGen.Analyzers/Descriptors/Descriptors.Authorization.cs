using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Descriptors;

/// <summary>Every rule's descriptor, a file for each range of ids.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MCPSEC1001 = new(
        "MCPSEC1001",
        "Tool, prompt or resource without a declared capability",
        "{0} '{1}' declares no capability: add [RequiresCapability(\"verb:object\")], or [RequiresNoCapability(\"reason\")] if any authenticated caller may use it",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Every primitive states what its caller must hold, or says why it asks for nothing. Without a statement no wrapper is generated and the server does not start.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1001"));

    public static readonly DiagnosticDescriptor MCPSEC1002 = new(
        "MCPSEC1002",
        "Malformed capability name",
        "'{0}' is not a capability name: write verb:object or verb:object/qualifier with a-z, 0-9 and '-' only",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Capability names have one spelling, so that a grant and a requirement can be compared byte by byte.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1002"));

    public static readonly DiagnosticDescriptor MCPSEC1003 = new(
        "MCPSEC1003",
        "Unknown capability name",
        "Capability '{0}' is not known{1}: use a name of McpCapabilities or define it with [assembly: DefineCapability]",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A misspelt requirement is one that nobody can be granted, and a misspelt grant is one that nobody reviews.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1003"));

    public static readonly DiagnosticDescriptor MCPSEC1006 = new(
        "MCPSEC1006",
        "Waiver without a reason",
        "RequiresNoCapability needs a reason: say in a sentence why any authenticated caller may use this",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The reason is printed in the manifest. A waiver that nobody can review is a hole.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1006"));
}
