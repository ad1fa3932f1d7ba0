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
public sealed class MCPSEC2003ImpossibleValidationAnalyzer() : SecurityRule(MCPSEC2003, MCPSEC2003InaccessibleType, MCPSEC2003Unwrappable, MCPSEC2003Unconfined)
{
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
                isExplained |= IsUnconfined(parameter, parameter.Type);
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
            var memberType = member is IPropertySymbol property ? property.Type : ((IParameterSymbol)member).Type;
            if ((member.GetAttributes().Any(a => ValidationAttributes.NameOf(a) is not null) || IsUnconfined(member, memberType)) && clientTypes.Value.Contains(type))
            {
                Check(context, member, memberType);
            }
        }
    }

    private static void Check(SymbolAnalysisContext context, ISymbol target, ITypeSymbol type)
    {
        if (IsUnconfined(target, type))
        {
            context.ReportDiagnostic(Diagnostic.Create(MCPSEC2003Unconfined, SourceLocations.Name(target) ?? target.Locations[0], target.Name));
        }

        var isString = TypeShapes.IsString(type);
        var replacing = target.GetAttributes().Where(SafeAttributes.Replaces).ToArray();
        if (replacing.Length > 1)
        {
            Report(
                context,
                target,
                replacing[1],
                ValidationAttributes.NameOf(replacing[1])!,
                $"[{ValidationAttributes.NameOf(replacing[0])}] puts another value in the place of this one, and so does it: one text is one of the two");
        }

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

    /// <summary>
    /// A path names its root, and there is none by default: without one the wrapper could not be generated. What a constructor takes is reported at
    /// the property.
    /// </summary>
    private static bool IsUnconfined(ISymbol target, ITypeSymbol type) =>
        target is not IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } &&
        McpSymbols.IsOwnType(Concealment.Innermost(type), McpSymbols.ConfinedPath) &&
        !AttributesOf(target).Any(static a => McpSymbols.IsOwnType(a.AttributeClass, McpSymbols.SafePathAttribute));

    private static ImmutableArray<AttributeData> AttributesOf(ISymbol target) =>
        target is IPropertySymbol { ContainingType: { } type } ? ObjectParser.AttributesOf(target, type) : target.GetAttributes();

    private static void Report(SymbolAnalysisContext context, ISymbol target, AttributeData attribute, string name, string reason)
    {
        var location = SourceLocations.Of(attribute, target.Locations[0], context.CancellationToken);
        context.ReportDiagnostic(Diagnostic.Create(MCPSEC2003, location, name, target.Name, reason));
    }
}
