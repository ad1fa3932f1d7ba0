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
        description: "A misspelt requirement is one that nobody can be granted.",
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

    public static readonly DiagnosticDescriptor MCPSEC1008 = new(
        "MCPSEC1008",
        "Declaration that does not count",
        "[{0}] does not count here: {1}",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A statement about who may call that nothing reads looks like protection in a review and is none, or looks like an open door and is none.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1008"));

    /// <summary>The same rule, for anonymous access to a primitive.</summary>
    public static readonly DiagnosticDescriptor MCPSEC1008Anonymous = new(
        "MCPSEC1008",
        "Declaration that does not count",
        "[{0}] on '{1}' opens nothing: every caller of a tool, prompt or resource is authenticated; use [RequiresNoCapability(\"reason\")] for what any of them may call",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A statement about who may call that nothing reads looks like protection in a review and is none, or looks like an open door and is none.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1008"));

    /// <summary>The same rule, for an endpoint that is mapped for anonymous callers.</summary>
    public static readonly DiagnosticDescriptor MCPSEC1008AnonymousEndpoint = new(
        "MCPSEC1008",
        "Declaration that does not count",
        "{0} on an MCP endpoint opens nothing but the way to it: every caller is authenticated, whatever the endpoint says",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A statement about who may call that nothing reads looks like protection in a review and is none, or looks like an open door and is none.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1008"));

    public static readonly DiagnosticDescriptor MCPSEC1009 = new(
        "MCPSEC1009",
        "Unsound role",
        "Role '{0}' grants '{1}', which is not known{2}: use a name of McpCapabilities or define it with [assembly: DefineCapability]",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A role that grants something unknown, is defined twice or counts nowhere is not what a reviewer reads. The server would refuse it at start-up.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1009"));

    /// <summary>The same rule, for the second definition of a role.</summary>
    public static readonly DiagnosticDescriptor MCPSEC1009Duplicate = new(
        "MCPSEC1009",
        "Unsound role",
        "Role '{0}' is defined twice: join the definitions",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A role that grants something unknown, is defined twice or counts nowhere is not what a reviewer reads. The server would refuse it at start-up.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1009"));

    /// <summary>The same rule, for a role that no token can name.</summary>
    public static readonly DiagnosticDescriptor MCPSEC1009WithoutName = new(
        "MCPSEC1009",
        "Unsound role",
        "A role needs a name: the one that stands in the roles claim of its holders' tokens",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A role that grants something unknown, is defined twice or counts nowhere is not what a reviewer reads. The server would refuse it at start-up.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1009"));

    /// <summary>The same rule, for a limit that means nothing.</summary>
    public static readonly DiagnosticDescriptor MCPSEC1009EmptyNamespace = new(
        "MCPSEC1009",
        "Unsound role",
        "Role '{0}' is limited to a namespace without a name: name it, or remove the entry if the role counts in all",
        RuleCategories.Authorization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A role that grants something unknown, is defined twice or counts nowhere is not what a reviewer reads. The server would refuse it at start-up.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC1009"));
}
