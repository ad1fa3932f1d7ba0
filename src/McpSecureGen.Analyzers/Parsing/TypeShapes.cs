using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Questions about the shape of a parameter type.</summary>
internal static class TypeShapes
{
    /// <summary>The type without <c>Nullable&lt;T&gt;</c>.</summary>
    public static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    /// <summary>What a collection holds (for a dictionary, its pairs); null for a string and for what is no collection.</summary>
    public static ITypeSymbol? ElementType(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String)
        {
            return null;
        }

        if (type is IArrayTypeSymbol array)
        {
            return array.ElementType;
        }

        if (type is INamedTypeSymbol named && IsEnumerable(named))
        {
            return named.TypeArguments[0];
        }

        foreach (var candidate in type.AllInterfaces)
        {
            if (IsEnumerable(candidate))
            {
                return candidate.TypeArguments[0];
            }
        }

        return null;
    }

    /// <summary>Key and value of what a dictionary holds; null for any other type.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value)? Pair(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "KeyValuePair", Arity: 2 } pair ? (pair.TypeArguments[0], pair.TypeArguments[1]) : null;

    public static bool IsString(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;

    /// <summary>Whether it is one of this library's types that a rule fills: text for the client, a checked value for the method.</summary>
    public static bool IsConfined(ITypeSymbol type) =>
        McpSymbols.IsOwnType(type, McpSymbols.ConfinedPath) || McpSymbols.IsOwnType(type, McpSymbols.ConfinedUrl);

    public static bool IsUri(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Uri" } uri && McpSymbols.IsNamespace(uri.ContainingNamespace, "System");

    /// <summary>Whether a Safe attribute can be about a single value of the type.</summary>
    public static bool IsText(ITypeSymbol type) => IsString(type) || IsConfined(type) || IsUri(type);

    /// <summary>Whether the Safe attributes find text in it: a string, or a collection or dictionary that holds strings at any depth.</summary>
    public static bool HoldsStrings(ITypeSymbol type) => IsString(type) || ElementType(type) switch
    {
        null => false,
        { } element when Pair(element) is { } pair => HoldsStrings(pair.Value),
        { } element => HoldsStrings(element),
    };

    public static bool IsNumeric(ITypeSymbol type) => type.SpecialType is
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
        or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
        || (type is INamedTypeSymbol { Name: "Half" or "Int128" or "UInt128" } named && McpSymbols.IsNamespace(named.ContainingNamespace, "System"));

    /// <summary>Whether it is a floating-point number, which may be infinite or none.</summary>
    public static bool IsReal(ITypeSymbol type) => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double
        || (type is INamedTypeSymbol { Name: "Half" } half && McpSymbols.IsNamespace(half.ContainingNamespace, "System"));

    /// <summary>Whether it takes any JSON.</summary>
    public static bool IsFreeForm(ITypeSymbol type) => type.SpecialType == SpecialType.System_Object || (type is INamedTypeSymbol named && named.Name switch
    {
        "JsonElement" or "JsonDocument" => McpSymbols.IsNamespace(named.ContainingNamespace, "System.Text.Json"),
        "JsonNode" => McpSymbols.IsNamespace(named.ContainingNamespace, "System.Text.Json.Nodes"),
        _ => false,
    });

    /// <summary>Whether generated code in another file of the same assembly can name the type.</summary>
    public static bool IsNameable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsNameable(array.ElementType),
        IPointerTypeSymbol pointer => IsNameable(pointer.PointedAtType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(static element => IsNameable(element.Type)),
        IErrorTypeSymbol => false,
        INamedTypeSymbol { IsUnboundGenericType: true } open => IsVisible(open) && (open.ContainingType is null || IsNameable(open.ContainingType)),
        INamedTypeSymbol named => IsVisible(named) && (named.ContainingType is null || IsNameable(named.ContainingType)) && named.TypeArguments.All(IsNameable),
        _ => true,
    };

    /// <summary>Whether a value of the type can be a type argument of generated code: no pointer, type parameter, stack-only or
    /// unresolved type in it, nor an array of several dimensions, which JSON has not.</summary>
    public static bool CanHold(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol or IErrorTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol => false,
        IArrayTypeSymbol array => array.Rank == 1 && CanHold(array.ElementType),
        INamedTypeSymbol named => !named.IsRefLikeType && !named.IsStatic && named.SpecialType != SpecialType.System_Void &&
            AllTypeArguments(named).All(CanHold),
        _ => true,
    };

    private static IEnumerable<ITypeSymbol> AllTypeArguments(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            foreach (var argument in type.TypeArguments)
            {
                yield return argument;
            }
        }
    }

    /// <summary>Internal types count only in this compilation: one of another assembly may be out of reach.</summary>
    private static bool IsVisible(INamedTypeSymbol type) =>
        !type.IsFileLocal
        && (type.CanBeReferencedByName || type.IsTupleType)
        && !HasNamelessNamespace(type)
        && (type.DeclaredAccessibility is Accessibility.Public or Accessibility.NotApplicable
            || (type.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal && type.Locations.Any(static l => l.IsInSource)));

    /// <summary>Broken code alone has such.</summary>
    private static bool HasNamelessNamespace(INamedTypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name.Length == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEnumerable(INamedTypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;
}
