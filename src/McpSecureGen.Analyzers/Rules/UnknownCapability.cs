using System.Collections.Immutable;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Reports a well-formed capability name outside the vocabulary. Malformed ones are MCPSEC1002's.</summary>
internal static class UnknownCapability
{
    /// <summary>The diagnostic property that carries the nearest known name.</summary>
    public const string NearestProperty = "Nearest";

    /// <param name="context">Where to report.</param>
    /// <param name="rule">A descriptor that takes the name and the suggestion, or these after what <paramref name="before"/> says.</param>
    /// <param name="argument">The name as written.</param>
    /// <param name="vocabulary">The names that are known.</param>
    /// <param name="before">The message's first arguments.</param>
    public static void Report(
        SyntaxNodeAnalysisContext context, DiagnosticDescriptor rule, CapabilityArgument argument, CapabilityVocabulary vocabulary, params object[] before)
    {
        if (argument.Name is not { } name || !CapabilityGrammar.IsWellFormed(name) || vocabulary.Contains(name))
        {
            return;
        }

        var nearest = vocabulary.Nearest(name);
        context.ReportDiagnostic(Diagnostic.Create(
            rule,
            argument.Expression.GetLocation(),
            nearest is null ? null : ImmutableDictionary<string, string?>.Empty.Add(NearestProperty, nearest),
            [.. before, name, nearest is null ? "" : $" (did you mean '{nearest}'?)"]));
    }
}
