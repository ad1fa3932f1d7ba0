using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC2005: a parameter that its author takes for a service and the SDK for an argument, or the other way round.</summary>
/// <remarks>
/// About registrations it speaks only in a program, only of types that the program itself declares, and only when no call registers what it does
/// not name: a library is registered by others.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC2005ServiceOrArgumentAnalyzer() : SecurityRule(MCPSEC2005, MCPSEC2005Sequence)
{
    /// <summary>Set where the elements are data, so that an array says the same.</summary>
    internal const string ElementProperty = "element";

    private static readonly string[] ServiceSuffixes =
    [
        "Service", "Services", "Repository", "Client", "Provider", "Factory", "Manager", "Store", "Gateway", "DbContext", "Cache", "Dispatcher", "Resolver", "Accessor",
    ];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var compilation = context.Compilation;
        var cancellationToken = context.CancellationToken;
        var registrations = new Lazy<Registrations>(() => Registrations.Of(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
        var isProgram = compilation.Options.OutputKind is not (OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule);
        context.RegisterSymbolAction(symbol => Analyze(symbol, isProgram, registrations), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, bool isProgram, Lazy<Registrations> registrations)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var primitive in PrimitiveFinder.Find(type))
        {
            if (primitive.IsInherited || !seen.Add(primitive.Method))
            {
                continue;
            }

            foreach (var parameter in (primitive.Method.PartialImplementationPart ?? primitive.Method).Parameters)
            {
                var location = SourceLocations.TypeOf(parameter, context.CancellationToken);
                if (parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence)
                {
                    ReportSequence(context, parameter, sequence.TypeArguments[0], location);
                }
                else if (isProgram && IsServiceLike(parameter) && !registrations.Value.Scans && !registrations.Value.Types.Contains(parameter.Type.OriginalDefinition))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        MCPSEC2005, location, parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), parameter.Name));
                }
            }
        }
    }

    private static void ReportSequence(SymbolAnalysisContext context, IParameterSymbol parameter, ITypeSymbol element, Location location)
    {
        if (parameter.GetAttributes().Any(static a => a.AttributeClass is { Name: "FromKeyedServicesAttribute" }))
        {
            return;
        }

        var isData = element is not INamedTypeSymbol { TypeKind: TypeKind.Interface or TypeKind.Delegate } and not { IsAbstract: true } && element.TypeKind != TypeKind.Error;
        var shown = element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        context.ReportDiagnostic(Diagnostic.Create(
            MCPSEC2005Sequence,
            location,
            isData ? ImmutableDictionary<string, string?>.Empty.Add(ElementProperty, shown) : ImmutableDictionary<string, string?>.Empty,
            parameter.Name,
            isData ? $"'{shown}[]' or 'IReadOnlyList<{shown}>' if the client sends it" : $"the constructor of the class, which is given every '{shown}' that is registered"));
    }

    /// <summary>A type of this program that must come out of the container, or that by name and methods is meant to.</summary>
    private static bool IsServiceLike(IParameterSymbol parameter)
    {
        if (ClientParameters.IsInjected(parameter.Type) || parameter.HasExplicitDefaultValue || parameter.Type is not INamedTypeSymbol type || !SourceLocations.IsInSource(type) ||
            parameter.GetAttributes().Any(static a => a.AttributeClass is { Name: "FromKeyedServicesAttribute" }))
        {
            return false;
        }

        return !ClientParameters.IsClient(parameter) ||
            (type is { TypeKind: TypeKind.Class, IsRecord: false } &&
             ServiceSuffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal)) &&
             type.GetMembers().OfType<IMethodSymbol>().Any(static m => m is { MethodKind: MethodKind.Ordinary, IsOverride: false, IsImplicitlyDeclared: false, DeclaredAccessibility: not Accessibility.Private }));
    }
}
