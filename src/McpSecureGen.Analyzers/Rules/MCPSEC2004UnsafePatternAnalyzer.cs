using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using McpSecureGen.Analyzers.Inference.Flow;
using McpSecureGen.Analyzers.Inference.Patterns;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>
/// MCPSEC2004: a pattern for a client's text that backtracks without measure, whose anchors hold for some alternatives only, or that the client
/// itself writes.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC2004UnsafePatternAnalyzer() : SecurityRule(MCPSEC2004, MCPSEC2004PartlyAnchored, MCPSEC2004FromClient)
{
    /// <summary>The pattern that the fix writes.</summary>
    internal const string PatternProperty = "pattern";

    /// <summary>Set where the engine without backtracking can run the pattern, and the call can be told to use it.</summary>
    internal const string CanRunWithoutProperty = "without";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var compilation = context.Compilation;
        var flows = new ClientFlows(compilation, new SourceTypes(compilation, context.CancellationToken));
        var clientTypes = ClientTypes.Of(compilation, context.CancellationToken);
        var judged = new ConcurrentDictionary<(string, RegexOptions), Blowup?>();
        context.RegisterSymbolAction(symbol => new Look(symbol, flows, judged).Analyze(clientTypes), SymbolKind.NamedType);
    }

    /// <summary>One type.</summary>
    private sealed class Look(SymbolAnalysisContext context, ClientFlows flows, ConcurrentDictionary<(string, RegexOptions), Blowup?> judged)
    {
        private readonly HashSet<Location> _reported = [];

        public void Analyze(Lazy<ImmutableHashSet<INamedTypeSymbol>> clientTypes)
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (!SourceLocations.IsInSource(type))
            {
                return;
            }

            var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (var (primitive, value) in ClientValue.ParametersOf(type))
            {
                Attributes(value);
                if (seen.Add(primitive.Method))
                {
                    Code(primitive.Method);
                }
            }

            foreach (var value in ClientValue.MembersOf(type))
            {
                if (value.Attributes.Any(static a => PatternOf(a) is not null) && clientTypes.Value.Contains(type.OriginalDefinition))
                {
                    Attributes(value);
                }
            }
        }

        private void Attributes(ClientValue value)
        {
            foreach (var attribute in value.Attributes)
            {
                if (PatternOf(attribute) is not { } pattern || PatternFacts.Mistake(pattern) is not null)
                {
                    // What cannot be read is MCPSEC2003's, or the engine's own exception at start-up.
                    continue;
                }

                var location = PlaceOf(attribute) ?? SourceLocations.Name(value.Symbol) ?? Location.None;

                // SafeArgument matches without backtracking; what is left to say of its pattern is where it is anchored.
                if (!SafeAttributes.Is(attribute) && Judge(pattern, RegexOptions.None) is { } blowup)
                {
                    Report(location, blowup, value.Symbol.Name, canRunWithout: false);
                }

                if (PatternFacts.IsPartlyAnchored(pattern) && PatternAnchors.Grouped(pattern, "^", "$") is { } grouped && _reported.Add(location))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        MCPSEC2004PartlyAnchored,
                        location,
                        ImmutableDictionary<string, string?>.Empty.Add(PatternProperty, grouped),
                        value.Symbol.Name,
                        grouped));
                }
            }
        }

        private void Code(IMethodSymbol method)
        {
            var (uses, matches) = flows.Of(method, context.CancellationToken);
            foreach (var use in uses)
            {
                if (use.Sink.Kind == "regex" && _reported.Add(use.Place))
                {
                    context.ReportDiagnostic(Diagnostic.Create(MCPSEC2004FromClient, use.Place, use.Source.Name));
                }
            }

            foreach (var match in matches)
            {
                if (RegexCall.Of(match.Call, context.Compilation, context.CancellationToken) is { IsBounded: false } call &&
                    !OwnOutput.Contains(call.Syntax.SyntaxTree) &&
                    PatternFacts.Mistake(call.Pattern, call.Options) is null &&
                    Judge(call.Pattern, call.Options) is { } blowup)
                {
                    Report(
                        call.Syntax.GetLocation(),
                        blowup,
                        match.Source.Name,
                        call.Syntax.FirstAncestorOrSelf<ArgumentSyntax>() is not null && PatternFacts.NeedsBacktracking(call.Pattern, call.Options) is null);
                }
            }
        }

        private Blowup? Judge(string pattern, RegexOptions options) => judged.GetOrAdd((pattern, options), static key => BacktrackingCost.Of(key.Item1, key.Item2));

        private void Report(Location location, Blowup blowup, string name, bool canRunWithout)
        {
            if (_reported.Add(location))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC2004,
                    location,
                    ImmutableDictionary<string, string?>.Empty.Add(CanRunWithoutProperty, canRunWithout ? "true" : null),
                    name,
                    blowup.Degree is null ? "exponentially" : "with the third power of its length or more",
                    Shown(blowup.Pump),
                    blowup.Suffix.Length == 0 ? "" : $" and then \"{Shown(blowup.Suffix)}\""));
            }
        }
    }

    /// <summary>The pattern that an attribute holds; null for any other attribute.</summary>
    private static string? PatternOf(AttributeData attribute) => ValidationAttributes.NameOf(attribute) switch
    {
        "RegularExpression" => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string pattern }] ? pattern : null,
        "SafeArgument" => PrimitiveName.NamedString(attribute, "Pattern"),
        _ => null,
    };

    /// <summary>The pattern as it is written in the attribute.</summary>
    private static Location? PlaceOf(AttributeData attribute)
    {
        var arguments = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments;
        return (arguments?.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Pattern") ?? arguments?.FirstOrDefault(static a => a.NameEquals is null))?.Expression.GetLocation();
    }

    /// <summary>What a terminal or an editor would not show is written as its number.</summary>
    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            shown.Append(c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:X4}");
        }

        return shown.ToString();
    }
}
