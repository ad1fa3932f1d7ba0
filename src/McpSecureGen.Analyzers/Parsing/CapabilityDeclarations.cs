using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>What the author declared for one primitive.</summary>
/// <param name="Required">Capability names in ordinal order without repeats; malformed names included, the rules report those.</param>
/// <param name="HasWaiver">Whether <c>RequiresNoCapability</c> is present, with or without a reason.</param>
/// <param name="WaiverReason">Its reason, null when there is none.</param>
/// <param name="Namespace">The isolation unit.</param>
internal readonly record struct CapabilityDeclaration(ImmutableArray<string> Required, bool HasWaiver, string? WaiverReason, string Namespace)
{
    /// <summary>Whether the author has decided at all. A primitive without a decision must not be reachable.</summary>
    public bool IsDeclared => HasWaiver || !Required.IsEmpty;
}

/// <summary>Reads declarations from attributes, with the same inheritance that reflection applies.</summary>
internal static class CapabilityDeclarations
{
    public static CapabilityDeclaration Of(Primitive primitive)
    {
        var waiver = Waiver(primitive.Method);
        return new CapabilityDeclaration(
            Required(primitive.ReflectedType, primitive.Method),
            waiver is not null,
            waiver is null ? null : StringArgument(waiver),
            NamespaceOf(primitive.ReflectedType));
    }

    /// <summary>The method and what it overrides, then the reflected type and its bases: declarations add up.</summary>
    public static ImmutableArray<string> Required(INamedTypeSymbol reflectedType, IMethodSymbol method)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var m = method; m is not null; m = m.OverriddenMethod)
        {
            AddNames(m, names);
        }

        for (var t = reflectedType; t is not null; t = t.BaseType)
        {
            AddNames(t, names);
        }

        return [.. names];
    }

    /// <summary>The nearest waiver on the method or on what it overrides.</summary>
    public static AttributeData? Waiver(IMethodSymbol method)
    {
        for (var m = method; m is not null; m = m.OverriddenMethod)
        {
            if (Find(m, McpSymbols.RequiresNoCapabilityAttribute) is { } waiver)
            {
                return waiver;
            }
        }

        return null;
    }

    /// <summary>The nearest <c>McpNamespace</c> of the type and its bases, else the type's own name in kebab-case.</summary>
    public static string NamespaceOf(INamedTypeSymbol reflectedType)
    {
        for (var t = reflectedType; t is not null; t = t.BaseType)
        {
            if (Find(t, McpSymbols.McpNamespaceAttribute) is { } attribute && StringArgument(attribute) is { Length: > 0 } name)
            {
                return name;
            }
        }

        return KebabCase.Of(reflectedType.Name);
    }

    /// <summary>Every string of the attribute's constructor arguments, params array or not.</summary>
    public static IEnumerable<string> StringArguments(AttributeData attribute, int from = 0)
    {
        for (var i = from; i < attribute.ConstructorArguments.Length; i++)
        {
            foreach (var text in Strings(attribute.ConstructorArguments[i]))
            {
                yield return text;
            }
        }
    }

    public static IEnumerable<string> Strings(TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Array)
        {
            if (!constant.IsNull)
            {
                foreach (var value in constant.Values)
                {
                    if (value.Value is string element)
                    {
                        yield return element;
                    }
                }
            }
        }
        else if (constant is { Kind: TypedConstantKind.Primitive, Value: string text })
        {
            yield return text;
        }
    }

    /// <summary>The first constructor argument when it is a string.</summary>
    public static string? StringArgument(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive, Value: string text }
            ? text
            : null;

    private static void AddNames(ISymbol symbol, SortedSet<string> names)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (McpSymbols.IsOwnType(attribute.AttributeClass, McpSymbols.RequiresCapabilityAttribute))
            {
                names.UnionWith(StringArguments(attribute));
            }
        }
    }

    private static AttributeData? Find(ISymbol symbol, string attributeName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (McpSymbols.IsOwnType(attribute.AttributeClass, attributeName))
            {
                return attribute;
            }
        }

        return null;
    }
}
