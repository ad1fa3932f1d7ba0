using System.Composition;
using McpSecureGen.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>
/// MCPSEC2002: adds the Safe attribute that fits. Which programs may be run only the author knows: <c>SafeExecutable</c> is added with an empty
/// list, which MCPSEC2003 refuses until it is filled.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC2002ConfineInputFix))]
[Shared]
public sealed class MCPSEC2002ConfineInputFix() : ValueAttributeFix("MCPSEC2002", ConfineKey)
{
    internal const string ConfineKey = "MCPSEC2002:confine";

    private protected override string? Attributes(Diagnostic diagnostic, string nearestRoot)
    {
        diagnostic.Properties.TryGetValue(MCPSEC2002UnconfinedInputAnalyzer.AttributeProperty, out var name);
        var writes = diagnostic.Properties.TryGetValue(MCPSEC2002UnconfinedInputAnalyzer.WritesProperty, out var written) && written is not null;
        return name switch
        {
            "SafePath" => $"SafePath(Root = {nearestRoot}{(writes ? ", Access = PathAccess.Write" : "")})",
            "SafeExecutable" => "SafeExecutable()",
            _ => name,
        };
    }
}
