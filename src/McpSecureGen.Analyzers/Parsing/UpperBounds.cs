using System.Collections.Immutable;
using System.Text.RegularExpressions;
using McpSecureGen.Analyzers.Inference.Patterns;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>What of a value has no upper bound of its own.</summary>
/// <param name="What">In words.</param>
/// <param name="Limits">The settings that bound it at run time.</param>
/// <param name="Attribute">The attributes that would bound it, without brackets.</param>
internal sealed record MissingBound(string What, string Limits, string Attribute);

/// <summary>Decides whether the length of a text and the number of a collection's elements are bounded where they are declared.</summary>
internal static class UpperBounds
{
    public const int Text = 4096;
    public const int Items = 256;
    public const int Bytes = 65_536;

    private static readonly ImmutableHashSet<string> Bounding = ImmutableHashSet.Create(
        StringComparer.Ordinal, "StringLengthAttribute", "MaxLengthAttribute", "LengthAttribute");

    /// <summary>Null when all is bounded, or when the type has no length.</summary>
    public static MissingBound? Missing(ITypeSymbol declaredType, ImmutableArray<AttributeData> attributes)
    {
        var type = TypeShapes.WithoutNullable(declaredType);
        if (TypeShapes.IsString(type))
        {
            return attributes.Any(BoundsText) ? null : new MissingBound("its length", "MaxStringLength", $"StringLength({Text})");
        }

        // A JSON node has no type of its own to be bounded by; the limits on a whole call hold for it. IEnumerable<T> is MCPSEC2005's.
        if (TypeShapes.ElementType(type) is not { } element || TypeShapes.Pair(type) is not null ||
            McpSymbols.IsNamespace(type.ContainingNamespace, "System.Text.Json.Nodes") ||
            type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
        {
            return null;
        }

        var isCounted = attributes.Any(static a => Is(a, Bounding));
        var hasTexts = TypeShapes.HoldsStrings(type) && !attributes.Any(static a => SafeAttributes.Is(a) || IsJsonString(a));
        var count = $"MaxLength({(element.SpecialType == SpecialType.System_Byte ? Bytes : Items)})";
        const string Texts = "SafeText(MaxLength = 4096, AllowNewLines = true)";
        return (isCounted, hasTexts) switch
        {
            (false, false) => new MissingBound("the number of its elements", "MaxItems", count),
            (false, true) => new MissingBound("the number and the length of its elements", "MaxItems and MaxStringLength", $"{count}, {Texts}"),
            (true, true) => new MissingBound("the length of its elements", "MaxStringLength", Texts),
            _ => null,
        };
    }

    private static bool BoundsText(AttributeData attribute) =>
        Is(attribute, Bounding) || SafeAttributes.Is(attribute) || IsJsonString(attribute) || ValidationAttributes.NameOf(attribute) switch
        {
            "AllowedValues" => true,
            "RegularExpression" => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string pattern }] &&
                PatternFacts.MaxLength(pattern, RegexOptions.None) is not null,
            _ => false,
        };

    private static bool IsJsonString(AttributeData attribute) => McpSymbols.IsOwnType(attribute.AttributeClass, McpSymbols.JsonStringAttribute);

    /// <summary>Whether it is one of the BCL's attributes of these names, or derives from one.</summary>
    private static bool Is(AttributeData attribute, ImmutableHashSet<string> names)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (names.Contains(type.Name) && McpSymbols.IsNamespace(type.ContainingNamespace, "System.ComponentModel.DataAnnotations"))
            {
                return true;
            }
        }

        return false;
    }
}
