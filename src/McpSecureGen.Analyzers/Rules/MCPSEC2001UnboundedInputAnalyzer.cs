using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC2001: text or a collection that a client fills, without an upper bound of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC2001UnboundedInputAnalyzer() : SecurityRule(MCPSEC2001)
{
    /// <summary>The attributes that the fix adds, without brackets.</summary>
    internal const string AttributeProperty = "attribute";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var clientTypes = ClientTypes.Of(context.Compilation, context.CancellationToken);
        context.RegisterSymbolAction(symbol => Analyze(symbol, clientTypes), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<ImmutableHashSet<INamedTypeSymbol>> clientTypes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        foreach (var (_, value) in ClientValue.ParametersOf(type))
        {
            Check(context, value);
        }

        // The set of types is costly: a type that has nothing without a bound never asks for it.
        foreach (var value in ClientValue.MembersOf(type))
        {
            if (UpperBounds.Missing(value.Type, value.Attributes) is not null && clientTypes.Value.Contains(type.OriginalDefinition))
            {
                Check(context, value);
            }
        }
    }

    private static void Check(SymbolAnalysisContext context, ClientValue value)
    {
        if (UpperBounds.Missing(value.Type, value.Attributes) is { } missing && SourceLocations.Name(value.Symbol) is { } location)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                MCPSEC2001,
                location,
                ImmutableDictionary<string, string?>.Empty.Add(AttributeProperty, missing.Attribute),
                value.Symbol.Name,
                missing.What,
                missing.Limits,
                missing.Attribute));
        }
    }
}
