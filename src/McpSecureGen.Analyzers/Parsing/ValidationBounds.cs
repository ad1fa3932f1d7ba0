using System.Globalization;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Finds bounds that contradict themselves or each other.</summary>
internal static class ValidationBounds
{
    /// <summary>Why this attribute's own settings can never hold or are missing, or null.</summary>
    public static string? Contradiction(string name, AttributeData attribute) => name switch
    {
        "SafePath" when string.IsNullOrWhiteSpace(Named(attribute, "Root") as string) => "it names no Root",
        "SafePath" or "SafeText" when Named(attribute, "MaxLength") is int and <= 0 => "MaxLength must be at least 1",
        "Range" => RangeContradiction(attribute),
        "StringLength" or "MinLength" or "MaxLength" or "Length" => LengthContradiction(name, attribute),
        _ => null,
    };

    /// <summary>The lengths an attribute demands of the value as a whole; null where it demands none.</summary>
    public static (int? Min, int? Max) Lengths(string name, AttributeData attribute, bool isString) => name switch
    {
        "StringLength" => (Named(attribute, "MinimumLength") as int?, Argument(attribute, 0)),
        "MinLength" => (Argument(attribute, 0), null),
        "MaxLength" => (null, Argument(attribute, 0)),
        "Length" => (Argument(attribute, 0), Argument(attribute, 1)),
        "SafePath" or "SafeText" when isString => (null, Named(attribute, "MaxLength") as int?),
        _ => (null, null),
    };

    private static string? LengthContradiction(string name, AttributeData attribute)
    {
        var (min, max) = Lengths(name, attribute, isString: true);
        if (min < 0 || max < 0)
        {
            return "a length cannot be negative";
        }

        if (name == "MaxLength" && max == 0)
        {
            return "MaxLength must be at least 1";
        }

        return min > max ? $"its minimum {min} exceeds its maximum {max}" : null;
    }

    private static string? RangeContradiction(AttributeData attribute)
    {
        if (attribute.ConstructorArguments.Length < 2)
        {
            return null;
        }

        var last = attribute.ConstructorArguments.Length - 1;
        if (Number(attribute.ConstructorArguments[last - 1]) is not { } min || Number(attribute.ConstructorArguments[last]) is not { } max)
        {
            return null;
        }

        var shownMin = min.ToString(CultureInfo.InvariantCulture);
        var shownMax = max.ToString(CultureInfo.InvariantCulture);
        if (double.IsNaN(min) || double.IsNaN(max) || min > max)
        {
            return $"its minimum {shownMin} exceeds its maximum {shownMax}";
        }

        return min == max && (Named(attribute, "MinimumIsExclusive") is true || Named(attribute, "MaximumIsExclusive") is true)
            ? $"no value lies strictly between {shownMin} and {shownMax}"
            : null;
    }

    private static double? Number(TypedConstant constant) => constant is { Kind: TypedConstantKind.Primitive } primitive
        ? primitive.Value switch
        {
            int number => number,
            double number => number,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        }
        : null;

    private static int? Argument(AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index] is { Kind: TypedConstantKind.Primitive, Value: int number }
            ? number
            : null;

    private static object? Named(AttributeData attribute, string property)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (string.Equals(argument.Key, property, StringComparison.Ordinal) && argument.Value.Kind == TypedConstantKind.Primitive)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }
}
