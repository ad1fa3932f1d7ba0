using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>
/// Attributes as .NET inherits them: an override has those of what it overrides, a class those of its base classes, unless it carries the same attribute
/// itself. A constraint that a base class states must not be lost by overriding the member.
/// </summary>
internal static class InheritedAttributes
{
    public static ImmutableArray<AttributeData> Of(ISymbol member) => member is IPropertySymbol { OverriddenProperty: { } overridden }
        ? Merge(member.GetAttributes(), Of(overridden))
        : member.GetAttributes();

    public static ImmutableArray<AttributeData> OfType(INamedTypeSymbol type) => type.BaseType is { SpecialType: not SpecialType.System_Object } baseType
        ? Merge(type.GetAttributes(), OfType(baseType))
        : type.GetAttributes();

    public static ImmutableArray<AttributeData> Of(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { OverriddenMethod: { } overridden } && parameter.Ordinal < overridden.Parameters.Length
            ? Merge(parameter.GetAttributes(), Of(overridden.Parameters[parameter.Ordinal]))
            : parameter.GetAttributes();

    private static ImmutableArray<AttributeData> Merge(ImmutableArray<AttributeData> own, ImmutableArray<AttributeData> inherited) =>
    [
        .. own,
        .. inherited.Where(attribute => IsInherited(attribute) && !own.Any(mine => SymbolEqualityComparer.Default.Equals(mine.AttributeClass, attribute.AttributeClass))),
    ];

    private static bool IsInherited(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            foreach (var usage in type.GetAttributes())
            {
                if (usage.AttributeClass is { Name: "AttributeUsageAttribute" })
                {
                    return usage.NamedArguments.All(static named => named.Key != "Inherited" || named.Value.Value is not false);
                }
            }
        }

        return true;
    }
}
