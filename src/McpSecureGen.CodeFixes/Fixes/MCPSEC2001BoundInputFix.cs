using System.Composition;
using McpSecureGen.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC2001: adds a bound that most inputs keep to. The author sees the number and sets the right one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC2001BoundInputFix))]
[Shared]
public sealed class MCPSEC2001BoundInputFix() : ValueAttributeFix("MCPSEC2001", BoundKey)
{
    internal const string BoundKey = "MCPSEC2001:bound";

    private protected override string? Attributes(Diagnostic diagnostic, string nearestRoot) =>
        diagnostic.Properties.TryGetValue(MCPSEC2001UnboundedInputAnalyzer.AttributeProperty, out var attribute) ? attribute : null;
}
