using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Descriptors;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MCPSEC4005 = new(
        "MCPSEC4005",
        "Two primitives with one name",
        "{0} '{1}' of '{2}' is also offered by '{3}': the SDK keeps the first and drops the second in silence",
        RuleCategories.Metadata,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Which of two primitives of one name is reachable depends on the order of registration, and so does the policy that guards it.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC4005"));
}
