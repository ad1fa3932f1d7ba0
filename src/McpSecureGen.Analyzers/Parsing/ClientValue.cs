using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Something that a client fills and an author can annotate: a parameter of a primitive, or a member of a type that is declared in source.</summary>
/// <param name="Symbol">The parameter, property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="Attributes">What is said of it; of a positional record's member also what stands on the constructor's parameter.</param>
internal readonly record struct ClientValue(ISymbol Symbol, ITypeSymbol Type, ImmutableArray<AttributeData> Attributes)
{
    /// <summary>The client's parameters of the primitives that the type itself declares.</summary>
    public static IEnumerable<(Primitive Primitive, ClientValue Value)> ParametersOf(INamedTypeSymbol type)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var primitive in PrimitiveFinder.Find(type))
        {
            if (!primitive.IsInherited && seen.Add(primitive.Method))
            {
                foreach (var value in ParametersOf(primitive.Method))
                {
                    yield return (primitive, value);
                }
            }
        }
    }

    /// <summary>The client's parameters of a primitive. Attributes of both parts of a partial method are merged; the part with the body is the author's.</summary>
    public static IEnumerable<ClientValue> ParametersOf(IMethodSymbol method) => (method.PartialImplementationPart ?? method).Parameters
        .Where(static parameter => parameter.Name.Length > 0 && ClientParameters.IsClient(parameter))
        .Select(static parameter => new ClientValue(parameter, parameter.Type, parameter.GetAttributes()));

    /// <summary>What a client fills of the members that the type itself declares.</summary>
    public static IEnumerable<ClientValue> MembersOf(INamedTypeSymbol type) => ObjectParser.MembersOf(type)
        .Where(member => SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingType, type) && IsFilled(member.Symbol, type))
        .Select(static member => new ClientValue(member.Symbol, member.Type, member.Attributes));

    private static bool IsFilled(ISymbol member, INamedTypeSymbol type) => member is IFieldSymbol or IPropertySymbol { SetMethod: not null } ||
        type.InstanceConstructors.Any(c => c.Parameters.Any(p => string.Equals(p.Name, member.Name, StringComparison.OrdinalIgnoreCase)));
}
