using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Descriptors;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MCPSEC2001 = new(
        "MCPSEC2001",
        "Input without an upper bound",
        "'{0}' has no upper bound on {1}: only the server-wide McpSecurity:Limits ({2}) holds at run time; add [{3}] with the number this input needs",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Who may send any amount decides how much memory and time a call takes. A bound beside the parameter is also in the schema, so a model keeps to it.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2001"));

    public static readonly DiagnosticDescriptor MCPSEC2002 = new(
        "MCPSEC2002",
        "Path, URL or command without a Safe attribute",
        "'{0}' {1}, and no Safe attribute confines it: add {2}",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A path, a URL or a piece of a command that a model wrote leads wherever an attacker wants, unless it is confined.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2002"));

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

    /// <summary>The same rule, for a path that is to be opened beneath a root and names none.</summary>
    public static readonly DiagnosticDescriptor MCPSEC2003Unconfined = new(
        "MCPSEC2003",
        "Validation that cannot work",
        "ConfinedPath '{0}' names no root: add [SafePath(Root = \"...\")]",
        RuleCategories.Input,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A validation attribute on a type it cannot check, or with bounds that contradict each other, either refuses every call or checks nothing.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2003"));

    public static readonly DiagnosticDescriptor MCPSEC2004 = new(
        "MCPSEC2004",
        "Unsafe regular expression",
        "The pattern of '{0}' needs time that grows {1} on a text of \"{2}\" repeated{3}: write it so that one text matches in one way only, or match it with RegexOptions.NonBacktracking",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A pattern that can match a text in many ways lets a client hold a processor for as long as it likes; one whose anchors hold for some alternatives only lets through what it seems to refuse.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2004"));

    /// <summary>The same rule, for anchors that hold for some alternatives only.</summary>
    public static readonly DiagnosticDescriptor MCPSEC2004PartlyAnchored = new(
        "MCPSEC2004",
        "Unsafe regular expression",
        "In the pattern of '{0}' the anchors hold for some alternatives only: put the alternatives in a group, '{1}'",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A pattern that can match a text in many ways lets a client hold a processor for as long as it likes; one whose anchors hold for some alternatives only lets through what it seems to refuse.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2004"));

    /// <summary>The same rule, for a pattern that the client writes.</summary>
    public static readonly DiagnosticDescriptor MCPSEC2004FromClient = new(
        "MCPSEC2004",
        "Unsafe regular expression",
        "This pattern is made of '{0}', which a client fills: pass it through Regex.Escape, or match with RegexOptions.NonBacktracking and a time limit",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A pattern that can match a text in many ways lets a client hold a processor for as long as it likes; one whose anchors hold for some alternatives only lets through what it seems to refuse.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2004"));

    public static readonly DiagnosticDescriptor MCPSEC2005 = new(
        "MCPSEC2005",
        "Parameter that may be a service or an argument",
        "Nothing in this program registers '{0}', the type of parameter '{1}': without a registration the SDK would let the client supply it; register it, or take a record of data",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The SDK asks the container whether a type is a service, and takes from the client what is none.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2005"));

    /// <summary>The same rule, for the sequence that the container takes for a service whatever its elements are.</summary>
    public static readonly DiagnosticDescriptor MCPSEC2005Sequence = new(
        "MCPSEC2005",
        "Parameter that may be a service or an argument",
        "Parameter '{0}' never reaches the client: the container takes every IEnumerable<T> for a service, so the SDK leaves it out of the schema; use {1}",
        RuleCategories.Input,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The SDK asks the container whether a type is a service, and takes from the client what is none.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2005"));

    public static readonly DiagnosticDescriptor MCPSEC2006 = new(
        "MCPSEC2006",
        "Resource template with an unconfined path",
        "'{0}' takes {1} of the template '{2}' and is not confined: add [SafePath] with the root it belongs to",
        RuleCategories.Input,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A variable of a resource template that spans segments is a path that the client writes.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC2006"));
}
