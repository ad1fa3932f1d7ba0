using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC2006: confines the variable to the nearest root in use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC2006ConfineTemplateFix))]
[Shared]
public sealed class MCPSEC2006ConfineTemplateFix() : ValueAttributeFix("MCPSEC2006", ConfineKey)
{
    internal const string ConfineKey = "MCPSEC2006:confine";

    private protected override string? Attributes(Diagnostic diagnostic, string nearestRoot) => $"SafePath(Root = {nearestRoot})";
}
