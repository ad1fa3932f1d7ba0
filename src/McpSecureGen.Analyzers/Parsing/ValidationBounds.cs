using System.Collections.Immutable;
using System.Globalization;
using McpSecureGen.Analyzers.Inference.Patterns;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Finds bounds that contradict themselves or each other.</summary>
internal static class ValidationBounds
{
    /// <summary>Why this attribute's own settings can never hold or are missing, or null.</summary>
    public static string? Contradiction(string name, AttributeData attribute) => name switch
    {
        "SafePath" when string.IsNullOrWhiteSpace(Named(attribute, "Root") as string) => "it names no Root",
        "SafePath" or "SafeText" or "SafeUrl" or "SafeArgument" or "SafeIdentifier" or "JsonString" when Named(attribute, "MaxLength") is int and <= 0 =>
            "MaxLength must be at least 1",
        "SafePath" when Listed(attribute, "Extensions").FirstOrDefault(static e => e.Value is not string { Length: > 1 } text || text[0] != '.') is { IsNull: false } bad =>
            $"the extension '{bad.Value}' does not begin with a dot",
        "SafeUrl" => SafeUrlContradictions.Of(attribute),
        "SafeExecutable" when Texts(attribute) is { IsEmpty: true } => "it lists no program, so it refuses every call",
        "SafeExecutable" when Texts(attribute).Any(static t => string.IsNullOrWhiteSpace(t.Value as string)) => "it lists a program without a name",
        "SafeArgument" when Named(attribute, "Pattern") is string pattern => PatternContradiction(pattern),
        "RegularExpression" when attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string pattern }] && PatternFacts.Mistake(pattern) is { } mistake =>
            $"its pattern cannot be read: {mistake}",
        "JsonString" => JsonStringContradiction(attribute),
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
        "SafePath" or "SafeText" or "SafeUrl" or "SafeArgument" or "SafeIdentifier" or "JsonString" when isString => (null, Named(attribute, "MaxLength") as int?),
        _ => (null, null),
    };

    /// <summary>The elements of a list that an attribute's property names; none when it does not.</summary>
    internal static ImmutableArray<TypedConstant> Listed(AttributeData attribute, string property)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (string.Equals(argument.Key, property, StringComparison.Ordinal) && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
            {
                return argument.Value.Values;
            }
        }

        return [];
    }

    /// <summary>The rule runs its pattern without backtracking, so it can only be one that such an engine has an answer to.</summary>
    private static string? PatternContradiction(string pattern) => PatternFacts.Mistake(pattern) is { } mistake
        ? $"its pattern cannot be read: {mistake}"
        : PatternFacts.NeedsBacktracking(pattern) is { } needed ? $"its pattern is run without backtracking, which has no {needed.Substring(needed.IndexOf(' ') + 1)}" : null;

    private static string? JsonStringContradiction(AttributeData attribute) => attribute.ConstructorArguments switch
    {
        [{ Kind: TypedConstantKind.Type, Value: ITypeSymbol type }] when !TypeShapes.IsNameable(type) || !TypeShapes.CanHold(type) || type is INamedTypeSymbol { IsUnboundGenericType: true } =>
            $"'{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' cannot be read by generated code",
        [{ Kind: TypedConstantKind.Type, IsNull: true }] => "it names no type",
        _ => null,
    };

    /// <summary>The values of a <c>params</c> list.</summary>
    private static ImmutableArray<TypedConstant> Texts(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array } list] ? list.IsNull ? [] : list.Values : [default];

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
