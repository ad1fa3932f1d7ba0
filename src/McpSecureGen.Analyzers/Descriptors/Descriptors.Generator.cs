using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Descriptors;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor MCPSEC9001 = new(
        "MCPSEC9001",
        "Signature uses the fallback binding",
        "{0} '{1}' is validated and then bound a second time by the SDK, at about twice the cost: {2}",
        RuleCategories.Generator,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The generated wrapper calls a method directly where it can. Where it cannot, it validates, writes the canonical values back and hands the call to the SDK.",
        helpLinkUri: RuleDocumentation.Link("MCPSEC9001"));
}
