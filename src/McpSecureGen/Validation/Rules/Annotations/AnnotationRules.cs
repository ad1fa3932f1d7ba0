using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary>
/// The rule of a validation attribute. Those of the framework itself are decided without reflection, without a <see cref="ValidationContext"/> and without
/// boxing of numbers; a subclass of one, and an author's own attribute, is asked (<see cref="AttributeRule{T}"/>).
/// </summary>
internal static class AnnotationRules
{
    internal static IValueRule<T> For<T>(ValidationAttribute attribute, string displayName, string? memberName = null) =>
        Standard<T>(attribute, displayName) ?? new AttributeRule<T>(attribute, displayName, memberName);

    /// <summary>A rule of ours, where there is one. The type is compared exactly: a subclass may decide anything.</summary>
    private static IValueRule<T>? Standard<T>(ValidationAttribute attribute, string displayName)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        var type = attribute.GetType();
        if (type.Assembly != typeof(ValidationAttribute).Assembly)
        {
            return null;
        }

        var isString = typeof(T) == typeof(string);
        var message = new AttributeMessage(attribute, displayName);
        switch (attribute)
        {
            case RangeAttribute range when type == typeof(RangeAttribute):
                return RangeRules.For<T>(range, message);
            case AllowedValuesAttribute allowed when type == typeof(AllowedValuesAttribute) && (isString || typeof(T).IsValueType):
                return new AllowedValuesRule<T>(allowed.Values, message);
            case DeniedValuesAttribute denied when type == typeof(DeniedValuesAttribute) && (isString || typeof(T).IsValueType):
                return new DeniedValuesRule<T>(denied.Values, message);
            case RequiredAttribute required when type == typeof(RequiredAttribute):
                return new RequiredRule<T>(required.AllowEmptyStrings, message);
            case StringLengthAttribute length when isString && type == typeof(StringLengthAttribute):
                return Counted<T>(length.MinimumLength, length.MaximumLength, message);
            case MinLengthAttribute min when type == typeof(MinLengthAttribute):
                return Counted<T>(min.Length, int.MaxValue, message);
            case MaxLengthAttribute max when type == typeof(MaxLengthAttribute) && max.Length != 0:
                return Counted<T>(0, max.Length == -1 ? int.MaxValue : max.Length, message);
            case LengthAttribute length when type == typeof(LengthAttribute):
                return Counted<T>(length.MinimumLength, length.MaximumLength, message);
            case RegularExpressionAttribute pattern when isString && type == typeof(RegularExpressionAttribute):
                return new PatternRule(pattern.Pattern, new Text.RegexRule(pattern, displayName), message) as IValueRule<T>;
            case EmailAddressAttribute or UrlAttribute or PhoneAttribute or CreditCardAttribute or Base64StringAttribute or FileExtensionsAttribute when isString:
            case EnumDataTypeAttribute or UrlAttribute:
                // These decide on the value alone, without looking at a context.
                return new DirectRule<T>(attribute, message);
            case DataTypeAttribute when type == typeof(DataTypeAttribute):
                return new DirectRule<T>(attribute, message);
            default:
                return null;
        }
    }

    /// <summary>Lengths that contradict each other are left to the attribute, which throws on every value.</summary>
    private static IValueRule<T>? Counted<T>(int min, int max, AttributeMessage message) =>
        min < 0 || max < min ? null
            : typeof(T) == typeof(string) ? new TextLengthRule(min, max, message) as IValueRule<T>
            : typeof(IEnumerable).IsAssignableFrom(typeof(T)) ? new CountedRule<T>(min, max, message)
            : null;
}

/// <summary>A framework attribute that decides on the value alone.</summary>
internal sealed class DirectRule<T>(ValidationAttribute attribute, AttributeMessage message) : IValueRule<T>
{
    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        try
        {
            if (attribute.IsValid(value))
            {
                return true;
            }

            violation = message.Violation();
        }
#pragma warning disable CA1031 // Fail closed: bounds that contradict themselves throw on every value.
        catch (Exception)
#pragma warning restore CA1031
        {
            violation = message.Broken();
        }

        return false;
    }
}

/// <summary><see cref="RequiredAttribute"/>: not null, and for text not blank unless it may be.</summary>
internal sealed class RequiredRule<T>(bool allowsEmpty, AttributeMessage message) : IValueRule<T>
{
    public bool AppliesToNull => true;

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value is not null && (allowsEmpty || value is not string text || !string.IsNullOrWhiteSpace(text)))
        {
            return true;
        }

        violation = message.Violation();
        return false;
    }
}

/// <summary><see cref="MinLengthAttribute"/>, <see cref="MaxLengthAttribute"/> and <see cref="LengthAttribute"/> on a collection, counted without reflection.</summary>
internal sealed class CountedRule<T>(int min, int max, AttributeMessage message) : IValueRule<T>, ISchemaRule
{
    public void Describe(SchemaNode schema) => schema.Count(min, max);

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        var count = value is ICollection collection ? collection.Count : Count((IEnumerable)value!);
        if (count >= min && count <= max)
        {
            return true;
        }

        violation = message.Violation();
        return false;
    }

    private static int Count(IEnumerable items)
    {
        var count = 0;
        foreach (var _ in items)
        {
            count++;
        }

        return count;
    }
}
