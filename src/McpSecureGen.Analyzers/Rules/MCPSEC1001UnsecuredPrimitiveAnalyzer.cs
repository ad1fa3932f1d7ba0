using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1001: a tool, prompt or resource without a declared capability.</summary>
/// <remarks>
/// One finding a method, at the method, whatever the number of classes that inherit it; for a method that comes from a referenced assembly, at
/// the class that makes it reachable here.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC1001UnsecuredPrimitiveAnalyzer() : SecurityRule(MCPSEC1001)
{
    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var types = new SourceTypes(context.Compilation, context.CancellationToken);
        context.RegisterSymbolAction(symbol => Analyze(symbol, types), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, SourceTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        var reported = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var primitive in PrimitiveFinder.Find(type))
        {
            if (!IsReportedHere(primitive, type) || !reported.Add(primitive.Method) || IsDecidedEverywhere(primitive, types))
            {
                continue;
            }

            var location = primitive.IsInherited ? SourceLocations.Identifier(type) : SourceLocations.Identifier(primitive.Method);
            var name = primitive.IsInherited ? $"{type.Name}.{primitive.Method.Name}" : primitive.Method.Name;
            context.ReportDiagnostic(Diagnostic.Create(MCPSEC1001, location, primitive.Kind, name));
        }
    }

    /// <summary>Own methods here; a method of a referenced assembly at the first class of this compilation that inherits it.</summary>
    private static bool IsReportedHere(Primitive primitive, INamedTypeSymbol type)
    {
        if (!primitive.IsInherited)
        {
            return true;
        }

        var assembly = type.ContainingAssembly;
        return !SymbolEqualityComparer.Default.Equals(primitive.Method.ContainingAssembly, assembly)
            && !SymbolEqualityComparer.Default.Equals(type.BaseType?.ContainingAssembly, assembly);
    }

    /// <summary>Whether every class through which the method can be reached has a declaration for it.</summary>
    private static bool IsDecidedEverywhere(Primitive primitive, SourceTypes types)
    {
        var type = primitive.ReflectedType;
        if (CapabilityDeclarations.Of(primitive).IsDeclared)
        {
            return true;
        }

        // Nobody registers the instance methods of an abstract class by name, so its derived classes answer for them, if there are any.
        // An assembly scan does register them, to fail at the call.
        if (primitive.Method.IsStatic || !type.IsAbstract || McpSymbols.HasTypeMarker(type, primitive.Kind))
        {
            return false;
        }

        var hasHeirs = false;
        foreach (var derived in types.DerivedFrom(type))
        {
            hasHeirs = true;
            if (derived.IsAbstract)
            {
                continue;
            }

            foreach (var inherited in PrimitiveFinder.Find(derived))
            {
                if (SymbolEqualityComparer.Default.Equals(inherited.Method.OriginalDefinition, primitive.Method.OriginalDefinition)
                    && !CapabilityDeclarations.Of(inherited).IsDeclared)
                {
                    return false;
                }
            }
        }

        return hasHeirs;
    }
}
