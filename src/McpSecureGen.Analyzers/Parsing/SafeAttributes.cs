using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The Safe attributes, and the rule that each of them is for a value of a type.</summary>
internal static class SafeAttributes
{
    private static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        McpSymbols.SafePathAttribute,
        McpSymbols.SafeUrlAttribute,
        McpSymbols.SafeTextAttribute,
        McpSymbols.SafeArgumentAttribute,
        McpSymbols.SafeExecutableAttribute,
        McpSymbols.SafeIdentifierAttribute);

    public static bool Is(AttributeData attribute) =>
        attribute.AttributeClass is { } type && Names.Contains(type.Name) && McpSymbols.IsOwnType(type, type.Name);

    /// <summary>Whether its rule puts a canonical form in the place of the value.</summary>
    public static bool Replaces(AttributeData attribute) =>
        Is(attribute) && attribute.AttributeClass!.Name is McpSymbols.SafePathAttribute or McpSymbols.SafeUrlAttribute or McpSymbols.SafeExecutableAttribute;

    /// <summary>Whether its rule may have to wait: a host name has addresses that somebody must look up.</summary>
    public static bool Waits(AttributeData attribute, ITypeSymbol type) =>
        McpSymbols.IsOwnType(attribute.AttributeClass, McpSymbols.SafeUrlAttribute) && !TypeShapes.IsConfined(type);

    /// <summary>The factory of the rule for a single value of the type; null when the attribute cannot check it (MCPSEC2003).</summary>
    public static string? Factory(AttributeData attribute, ITypeSymbol type)
    {
        var name = attribute.AttributeClass!.Name;
        if (TypeShapes.IsString(type))
        {
            return name.Substring(0, name.Length - "Attribute".Length);
        }

        return name switch
        {
            McpSymbols.SafePathAttribute when McpSymbols.IsOwnType(type, McpSymbols.ConfinedPath) => "ConfinedPath",
            McpSymbols.SafeUrlAttribute when McpSymbols.IsOwnType(type, McpSymbols.ConfinedUrl) => "ConfinedUrl",
            McpSymbols.SafeUrlAttribute when TypeShapes.IsUri(type) => "SafeUri",
            _ => null,
        };
    }
}
