using System.Globalization;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Constants of the source as C# expressions. Text goes through the compiler's own literal formatting, whatever it holds.</summary>
internal static class Literals
{
    public static string Text(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Texts(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Text)) + "]";

    /// <summary>A parameter's default value.</summary>
    public static string DefaultOf(IParameterSymbol parameter) => parameter.ExplicitDefaultValue is { } value
        ? Value(value, TypeShapes.WithoutNullable(parameter.Type))
        : "default";

    /// <summary>An attribute as an object creation; null when generated code cannot name something in it.</summary>
    public static string? Attribute(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type || !TypeShapes.IsNameable(type) ||
            attribute.AttributeConstructor is not { } constructor ||
            (constructor.DeclaredAccessibility != Accessibility.Public && !SourceLocations.IsInSource(constructor)))
        {
            return null;
        }

        // Each argument gets its parameter's type where its own would choose another constructor.
        var arguments = attribute.ConstructorArguments
            .Zip(attribute.AttributeConstructor.Parameters, static (argument, parameter) => Constant(argument) is not { } text ? null
                : text == "null" ? $"default({TypeName(parameter.Type)})!"
                : parameter.Type.SpecialType == SpecialType.System_Object ? $"(object){text}"
                : text)
            .ToArray();
        var properties = attribute.NamedArguments.Select(static named => (Key: Identifiers.Escape(named.Key), Value: Constant(named.Value))).ToArray();
        if (arguments.Contains(null) || properties.Any(static p => p.Value is null))
        {
            return null;
        }

        var creation = $"new {TypeName(type)}({string.Join(", ", arguments)})";
        return properties.Length == 0 ? creation : $"{creation} {{ {string.Join(", ", properties.Select(static p => $"{p.Key} = {p.Value}"))} }}";
    }

    /// <summary>The key of <c>FromKeyedServices</c>.</summary>
    public static string KeyOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [var key, ..] ? Constant(key) ?? "null" : "null";

    /// <summary>The name by which generated code speaks of a type.</summary>
    public static string TypeName(ITypeSymbol type)
    {
        var name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return name.Contains("dynamic")
            ? string.Concat(type.ToDisplayParts(SymbolDisplayFormat.FullyQualifiedFormat)
                .Select(static part => part is { Kind: SymbolDisplayPartKind.Keyword } && part.ToString() == "dynamic" ? "object" : part.ToString()))
            : name;
    }

    private static string? Constant(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array when constant.IsNull => "null",
        TypedConstantKind.Array => constant.Values.Select(Constant).ToArray() is var values && values.Contains(null)
            ? null
            : $"new {TypeName(constant.Type!)} {{ {string.Join(", ", values)} }}",
        TypedConstantKind.Type => constant.Value is ITypeSymbol type
            ? TypeShapes.IsNameable(type) ? $"typeof({TypeName(type)})" : null
            : "null",
        TypedConstantKind.Error => null,
        _ => constant.Value is { } value ? Value(value, constant.Type!) : "null",
    };

    private static string Value(object value, ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return $"({TypeName(type)})({System.Convert.ToString(value, CultureInfo.InvariantCulture)})";
        }

        return value switch
        {
            string text => Text(text),
            bool truth => truth ? "true" : "false",
            char character => SymbolDisplay.FormatLiteral(character, quote: true),
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
            long number => number == long.MinValue ? "long.MinValue" : number.ToString(CultureInfo.InvariantCulture) + "L",
            ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
            uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
            int number => number.ToString(CultureInfo.InvariantCulture),
            System.DateTime time => $"new global::System.DateTime({time.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
            System.IFormattable number => $"(({TypeName(type)})({number.ToString(null, CultureInfo.InvariantCulture)}))",
            _ => "default",
        };
    }
}
