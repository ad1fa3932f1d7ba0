using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Recognises validation attributes and says why one cannot work where it stands.</summary>
internal static class ValidationAttributes
{
    private const string AnnotationsAssembly = "System.ComponentModel.Annotations";
    private const string AnnotationsNamespace = "System.ComponentModel.DataAnnotations";

    /// <summary>The short name of a validation attribute this library or the BCL defines, else null.</summary>
    public static string? NameOf(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type || !type.Name.EndsWith("Attribute", StringComparison.Ordinal))
        {
            return null;
        }

        return McpSymbols.IsOwnType(type, type.Name) || McpSymbols.Is(type, AnnotationsAssembly, AnnotationsNamespace, type.Name)
            ? type.Name.Substring(0, type.Name.Length - "Attribute".Length)
            : null;
    }

    /// <summary>Whether the class derives from the BCL's <c>ValidationAttribute</c>, whoever wrote it.</summary>
    public static bool IsValidationAttribute(INamedTypeSymbol? attributeClass)
    {
        for (var type = attributeClass?.BaseType; type is not null; type = type.BaseType)
        {
            if (McpSymbols.Is(type, AnnotationsAssembly, AnnotationsNamespace, "ValidationAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it may look at the object around the member: an author's own attribute, and the framework's one that calls a method of his.</summary>
    public static bool SeesContext(AttributeData attribute) =>
        IsValidationAttribute(attribute.AttributeClass) && NameOf(attribute) is null or "CustomValidation";

    /// <summary>Why the attribute cannot check a value of that type, or null.</summary>
    public static string? Mismatch(string name, AttributeData attribute, ITypeSymbol declaredType)
    {
        var type = TypeShapes.WithoutNullable(declaredType);
        if (type.TypeKind is TypeKind.Error or TypeKind.TypeParameter)
        {
            return null;
        }

        var shown = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return name switch
        {
            "SafePath" => HoldsOnly(type, McpSymbols.ConfinedPath) || TypeShapes.HoldsStrings(type) ? null : $"it checks strings, ConfinedPath and collections of them, not '{shown}'",
            "SafeUrl" => HoldsOnly(type, McpSymbols.ConfinedUrl) || HoldsUris(type) || TypeShapes.HoldsStrings(type)
                ? null
                : $"it checks strings, Uri, ConfinedUrl and collections of them, not '{shown}'",
            "SafeText" or "SafeArgument" or "SafeExecutable" or "SafeIdentifier" =>
                TypeShapes.HoldsStrings(type) ? null : $"it checks strings and collections of strings, not '{shown}'",
            "JsonString" => TypeShapes.IsString(type) ? null : $"it reads JSON out of a string, not out of '{shown}'",
            "StringLength" or "EmailAddress" or "Base64String" => TypeShapes.IsString(type) ? null : $"it checks strings, not '{shown}'",
            "Url" => TypeShapes.IsString(type) || IsSystemType(type, "Uri") ? null : $"it checks strings, not '{shown}'",
            "RegularExpression" => TypeShapes.IsString(type) || IsSimple(type) ? null : $"it checks strings, not '{shown}'",
            "MinLength" or "MaxLength" or "Length" =>
                TypeShapes.IsString(type) || TypeShapes.ElementType(type) is not null ? null : $"it checks strings and collections, not '{shown}'",
            "Range" => RangeMismatch(attribute, type, shown),
            "AllowedValues" or "DeniedValues" => ValuesMismatch(attribute, type, shown),
            _ => null,
        };
    }

    private static bool HoldsOnly(ITypeSymbol type, string name) => McpSymbols.IsOwnType(Concealment.Innermost(type), name);

    private static bool HoldsUris(ITypeSymbol type) => TypeShapes.IsUri(Concealment.Innermost(type));

    private static string? RangeMismatch(AttributeData attribute, ITypeSymbol type, string shown)
    {
        if (attribute.ConstructorArguments.Length == 0)
        {
            return null;
        }

        if (attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Type, Value: ITypeSymbol operand })
        {
            return SymbolEqualityComparer.Default.Equals(operand, type) || (TypeShapes.IsNumeric(operand) && TypeShapes.IsNumeric(type))
                ? ComparableMismatch(type, shown)
                : $"its bounds are '{operand.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', the value is '{shown}'";
        }

        return TypeShapes.IsNumeric(type) ? null : $"its bounds are numbers, the value is '{shown}'";
    }

    private static string? ComparableMismatch(ITypeSymbol type, string shown)
    {
        foreach (var candidate in type.AllInterfaces)
        {
            if (IsSystemType(candidate.OriginalDefinition, "IComparable"))
            {
                return null;
            }
        }

        return $"'{shown}' cannot be compared";
    }

    private static string? ValuesMismatch(AttributeData attribute, ITypeSymbol type, string shown)
    {
        if (type.SpecialType == SpecialType.System_Object || attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false } list])
        {
            return null;
        }

        foreach (var value in list.Values)
        {
            // Values are compared by object.Equals: an int never equals a long.
            if (!value.IsNull && !SymbolEqualityComparer.Default.Equals(value.Type, type))
            {
                return $"it lists a '{value.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', which never equals a '{shown}'";
            }
        }

        return null;
    }

    private static bool IsSimple(ITypeSymbol type) =>
        TypeShapes.IsNumeric(type) || type.TypeKind == TypeKind.Enum || type.SpecialType == SpecialType.System_Char || IsSystemType(type, "Guid");

    private static bool IsSystemType(ITypeSymbol type, string name) =>
        string.Equals(type.Name, name, StringComparison.Ordinal) && McpSymbols.IsNamespace(type.ContainingNamespace, "System");
}
