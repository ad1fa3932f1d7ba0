using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Descriptors;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MCPSEC2003 = new(
        "MCPSEC2003",
        "Validation that cannot work",
        "[{0}] on '{1}' cannot work: {2}",
        RuleCategories.Input,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A validation attribute on a type it cannot check, or with bounds that contradict each other, either refuses every call or checks nothing.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2003"));

    /// <summary>The same rule, for an argument that no generated code can bind.</summary>
    public static readonly DiagnosticDescriptor MCPSEC2003InaccessibleType = new(
        "MCPSEC2003",
        "Validation that cannot work",
        "Parameter '{0}' cannot be validated: its type '{1}' is hidden from generated code; make it internal",
        RuleCategories.Input,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A validation attribute on a type it cannot check, or with bounds that contradict each other, either refuses every call or checks nothing.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2003"));

    /// <summary>The same rule, for a primitive as a whole: without a wrapper its server does not start, and the author should learn it here.</summary>
    public static readonly DiagnosticDescriptor MCPSEC2003Unwrappable = new(
        "MCPSEC2003",
        "Validation that cannot work",
        "No wrapper can be generated for '{0}': a parameter, or a member of its type, cannot be read or checked by generated code",
        RuleCategories.Input,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A validation attribute on a type it cannot check, or with bounds that contradict each other, either refuses every call or checks nothing.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2003"));
}
