using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Finds the primitives of a type exactly as the SDK does at run time.</summary>
/// <remarks>
/// The SDK asks <c>type.GetMethods(Public | NonPublic | Static | Instance)</c> and looks the attribute up with inheritance. So private and
/// static methods count, accessors and operators too; base classes add their instance methods that are not private; an override hides what it
/// overrides and keeps its attribute; <c>new</c> hides nothing. One difference is out of reach: the compiler does not read internal methods
/// of a base class in another assembly. Such a primitive gets no wrapper, and the guard refuses it.
/// </remarks>
internal static class PrimitiveFinder
{
    /// <summary>All primitives of the type, own ones first, in declaration order; a method appears once per kind.</summary>
    public static ImmutableArray<Primitive> Find(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
        {
            return [];
        }

        ImmutableArray<Primitive>.Builder? found = null;
        HashSet<ISymbol>? overridden = null;
        for (var level = type; level is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; level = level.BaseType)
        {
            var inherited = !ReferenceEquals(level, type);
            foreach (var member in level.GetMembers())
            {
                if (member is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } method)
                {
                    continue;
                }

                if (inherited && (method.IsStatic || method.DeclaredAccessibility == Accessibility.Private))
                {
                    continue;
                }

                if (overridden is not null && overridden.Contains(method.OriginalDefinition))
                {
                    continue;
                }

                for (var hidden = method.OverriddenMethod; hidden is not null; hidden = hidden.OverriddenMethod)
                {
                    (overridden ??= new HashSet<ISymbol>(SymbolEqualityComparer.Default)).Add(hidden.OriginalDefinition);
                }

                Add(type, method, ref found);
            }
        }

        return found?.ToImmutable() ?? [];
    }

    /// <summary>The SDK attribute of that kind on the method or, failing that, on the nearest method it overrides.</summary>
    public static AttributeData? FindAttribute(IMethodSymbol method, PrimitiveKind kind)
    {
        for (var m = method; m is not null; m = m.OverriddenMethod)
        {
            foreach (var attribute in m.GetAttributes())
            {
                if (McpSymbols.KindOf(attribute.AttributeClass) == kind)
                {
                    return attribute;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the method is a primitive of any kind.</summary>
    public static bool IsPrimitive(IMethodSymbol method) =>
        FindAttribute(method, PrimitiveKind.Tool) is not null
        || FindAttribute(method, PrimitiveKind.Prompt) is not null
        || FindAttribute(method, PrimitiveKind.Resource) is not null;

    private static void Add(INamedTypeSymbol type, IMethodSymbol method, ref ImmutableArray<Primitive>.Builder? found)
    {
        // One pass over the override chain collects the nearest attribute of each kind.
        AttributeData? tool = null, prompt = null, resource = null;
        for (var m = method; m is not null; m = m.OverriddenMethod)
        {
            foreach (var attribute in m.GetAttributes())
            {
                switch (McpSymbols.KindOf(attribute.AttributeClass))
                {
                    case PrimitiveKind.Tool:
                        tool ??= attribute;
                        break;
                    case PrimitiveKind.Prompt:
                        prompt ??= attribute;
                        break;
                    case PrimitiveKind.Resource:
                        resource ??= attribute;
                        break;
                }
            }
        }

        AddKind(type, method, PrimitiveKind.Tool, tool, ref found);
        AddKind(type, method, PrimitiveKind.Prompt, prompt, ref found);
        AddKind(type, method, PrimitiveKind.Resource, resource, ref found);
    }

    private static void AddKind(
        INamedTypeSymbol type, IMethodSymbol method, PrimitiveKind kind, AttributeData? attribute, ref ImmutableArray<Primitive>.Builder? found)
    {
        if (attribute is not null)
        {
            (found ??= ImmutableArray.CreateBuilder<Primitive>()).Add(new Primitive(type, method, kind, attribute));
        }
    }
}
