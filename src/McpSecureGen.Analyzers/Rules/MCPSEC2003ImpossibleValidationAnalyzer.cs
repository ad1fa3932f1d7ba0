using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC2003: validation that refuses every value or checks none, and arguments that generated code cannot name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the type or the attribute is the mistake, and which bound was meant, is the author's decision.")]
public sealed class MCPSEC2003ImpossibleValidationAnalyzer() : SecurityRule(MCPSEC2003, MCPSEC2003InaccessibleType, MCPSEC2003Unwrappable)
{
    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var types = new SourceTypes(context.Compilation, context.CancellationToken);
        var cancellationToken = context.CancellationToken;
        var clientTypes = new Lazy<ImmutableHashSet<INamedTypeSymbol>>(
            () => ClientTypes.Reachable(types.All, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
        context.RegisterSymbolAction(symbol => Analyze(symbol, clientTypes), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<ImmutableHashSet<INamedTypeSymbol>> clientTypes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        AnalyzeLimits(context, type);
        AnalyzePrimitives(context, type);
        AnalyzeMembers(context, type, clientTypes);
    }

    /// <summary>Bounds that no call can meet, wherever they stand: a base class may hold them for others.</summary>
    private static void AnalyzeLimits(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var target in type.GetMembers().OfType<IMethodSymbol>().Prepend<ISymbol>(type))
        {
            foreach (var attribute in target.GetAttributes())
            {
                if (LimitDeclarations.NameOf(attribute) is { } name && LimitDeclarations.Contradiction(name, attribute) is { } reason)
                {
                    Report(context, target, attribute, name, reason);
                }
            }
        }
    }

    private static void AnalyzePrimitives(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var primitive in PrimitiveFinder.Find(type))
        {
            if (primitive.IsInherited || !seen.Add(primitive.Method))
            {
                continue;
            }

            var isExplained = false;
            if (primitive.Kind != PrimitiveKind.Tool &&
                primitive.Method.GetAttributes().FirstOrDefault(static a => McpSymbols.IsOwnType(a.AttributeClass, McpSymbols.RequiresConfirmationAttribute)) is { } confirmation)
            {
                Report(context, primitive.Method, confirmation, "RequiresConfirmation", "only a tool can ask the person at the client");
            }

            // Attributes of both parts of a partial method are merged, types are those of the part the author wrote.
            foreach (var parameter in (primitive.Method.PartialImplementationPart ?? primitive.Method).Parameters)
            {
                Check(context, parameter, parameter.Type);
                if (ClientParameters.IsClient(parameter) && !TypeShapes.IsNameable(parameter.Type))
                {
                    isExplained = true;
                    context.ReportDiagnostic(Diagnostic.Create(
                        MCPSEC2003InaccessibleType,
                        SourceLocations.TypeOf(parameter, context.CancellationToken),
                        parameter.Name,
                        parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
                }
            }

            if (!isExplained && IsUnwrappable(primitive, context.CancellationToken))
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC2003Unwrappable, primitive.Method.Locations[0], primitive.Method.Name));
            }
        }
    }

    /// <summary>
    /// Whether a declared primitive gets no wrapper. The undeclared are MCPSEC1001's, code that does not compile is the compiler's, and what a generic
    /// class takes shows in the classes that close it.
    /// </summary>
    private static bool IsUnwrappable(Primitive primitive, CancellationToken cancellationToken)
    {
        var declaration = CapabilityDeclarations.Of(primitive);
        return (!declaration.Required.IsEmpty || !string.IsNullOrWhiteSpace(declaration.WaiverReason)) &&
            !primitive.ReflectedType.IsGenericType &&
            !primitive.Method.Parameters.Any(static parameter => parameter.Type.TypeKind == TypeKind.Error) &&
            PrimitiveParser.Parse(primitive, cancellationToken) is null;
    }

    private static void AnalyzeMembers(SymbolAnalysisContext context, INamedTypeSymbol type, Lazy<ImmutableHashSet<INamedTypeSymbol>> clientTypes)
    {
        foreach (var member in ClientTypes.Members(type))
        {
            // The set is costly; most types carry no validation and never ask for it.
            if (member.GetAttributes().Any(a => ValidationAttributes.NameOf(a) is not null) && clientTypes.Value.Contains(type))
            {
                Check(context, member, member is IPropertySymbol property ? property.Type : ((IParameterSymbol)member).Type);
            }
        }
    }

    private static void Check(SymbolAnalysisContext context, ISymbol target, ITypeSymbol type)
    {
        var isString = TypeShapes.IsString(type);
        var (lower, upper) = (0, int.MaxValue);
        foreach (var attribute in target.GetAttributes())
        {
            if (ValidationAttributes.NameOf(attribute) is not { } name)
            {
                continue;
            }

            if ((ValidationAttributes.Mismatch(name, attribute, type) ?? ValidationBounds.Contradiction(name, attribute)) is { } reason)
            {
                Report(context, target, attribute, name, reason);
                continue;
            }

            var (min, max) = ValidationBounds.Lengths(name, attribute, isString);
            if ((min ?? lower) > upper || (max ?? upper) < lower)
            {
                Report(context, target, attribute, name, min > upper
                    ? $"its minimum {min} exceeds the maximum {upper} of another attribute"
                    : $"its maximum {max} is below the minimum {lower} of another attribute");
                return;
            }

            (lower, upper) = (Math.Max(lower, min ?? lower), Math.Min(upper, max ?? upper));
        }
    }

    private static void Report(SymbolAnalysisContext context, ISymbol target, AttributeData attribute, string name, string reason)
    {
        var location = SourceLocations.Of(attribute, target.Locations[0], context.CancellationToken);
        context.ReportDiagnostic(Diagnostic.Create(MCPSEC2003, location, name, target.Name, reason));
    }
}
