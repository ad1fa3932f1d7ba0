using System.Globalization;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The derived types that the serializer may make in the place of a type (<c>[JsonDerivedType]</c>).</summary>
internal static class DerivedForms
{
    /// <summary>The types that the declaration names.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonDerivedTypeAttribute" } &&
                attribute.ConstructorArguments is [{ Value: INamedTypeSymbol derived }, ..] &&
                !SymbolEqualityComparer.Default.Equals(derived, type))
            {
                yield return derived;
            }
        }
    }

    /// <summary>A value of the most derived type is one of the others too, so it is asked for first.</summary>
    public static IEnumerable<INamedTypeSymbol> MostDerivedFirst(INamedTypeSymbol type) =>
        Of(type).OrderByDescending(static derived =>
        {
            var depth = 0;
            for (var t = derived.BaseType; t is not null; t = t.BaseType)
            {
                depth++;
            }

            return depth;
        });

    /// <summary>A type the serializer would refuse has no rule either.</summary>
    public static bool IsDerived(INamedTypeSymbol derived, INamedTypeSymbol type)
    {
        for (var t = derived.BaseType; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t, type))
            {
                return true;
            }
        }

        return derived.AllInterfaces.Contains(type, SymbolEqualityComparer.Default);
    }

    /// <summary>What the client writes to choose the derived type, as an expression.</summary>
    public static string Discriminator(INamedTypeSymbol type, INamedTypeSymbol derived)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonDerivedTypeAttribute" } && attribute.ConstructorArguments is [{ Value: INamedTypeSymbol named }, { Value: { } value }] &&
                SymbolEqualityComparer.Default.Equals(named, derived))
            {
                return value is string text ? Literals.Text(text) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            }
        }

        return "null";
    }
}
