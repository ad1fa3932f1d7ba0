using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace McpSecureGen.Validation.Rules;

/// <summary>
/// <see cref="RangeAttribute"/> on numbers and on other comparable values, as the attribute decides it, with two differences. On a real number
/// <c>[Range(1, 5)]</c> refuses 5.4, which the attribute rounds to 5 first while the schema says that 5 is the maximum. A value outside the type of the
/// bounds is refused by the bounds and not by an exception.
/// </summary>
internal static class RangeRules
{
    /// <summary>The rule; <see langword="null"/> where the attribute itself has to be asked.</summary>
    internal static IValueRule<T>? For<T>(RangeAttribute range, AttributeMessage message)
    {
        try
        {
            // Bounds given as text become values of their type on the first check; null passes it.
            range.IsValid(null);
        }
#pragma warning disable CA1031 // Bounds that are none: the attribute throws on every value, and each is refused.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }

        if (range is { Minimum: double.NaN } or { Maximum: double.NaN })
        {
            return null;
        }

        if (typeof(T).IsValueType && range.Minimum is T min && range.Maximum is T max)
        {
            return new ComparedRange<T>(min, max, range.MinimumIsExclusive, range.MaximumIsExclusive, message);
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type switch
        {
            _ when type == typeof(int) => Number<T, int>(range, message),
            _ when type == typeof(long) => Number<T, long>(range, message),
            _ when type == typeof(double) => Number<T, double>(range, message),
            _ when type == typeof(float) => Number<T, float>(range, message),
            _ when type == typeof(decimal) => Number<T, decimal>(range, message),
            _ when type == typeof(byte) => Number<T, byte>(range, message),
            _ when type == typeof(sbyte) => Number<T, sbyte>(range, message),
            _ when type == typeof(short) => Number<T, short>(range, message),
            _ when type == typeof(ushort) => Number<T, ushort>(range, message),
            _ when type == typeof(uint) => Number<T, uint>(range, message),
            _ when type == typeof(ulong) => Number<T, ulong>(range, message),
            _ when type == typeof(Half) => Number<T, Half>(range, message),
            _ when type == typeof(Int128) => Number<T, Int128>(range, message),
            _ when type == typeof(UInt128) => Number<T, UInt128>(range, message),
            _ => null,
        };
    }

    private static IValueRule<T>? Number<T, TNumber>(RangeAttribute range, AttributeMessage message)
        where TNumber : struct, INumber<TNumber>
    {
        var isReal = typeof(TNumber) == typeof(double) || typeof(TNumber) == typeof(float) || typeof(TNumber) == typeof(Half);
        IValueRule<TNumber>? rule = range switch
        {
            { Minimum: int min, Maximum: int max } when typeof(TNumber) == typeof(decimal) => Compared<TNumber, decimal>(min, max, range, message),
            { Minimum: int min, Maximum: int max } when isReal => Compared<TNumber, double>(min, max, range, message),
            { Minimum: int min, Maximum: int max } => Compared<TNumber, Int128>(min, max, range, message),

            // A decimal holds more digits than the double of the attribute: the bounds count in both.
            { Minimum: double min, Maximum: double max } when typeof(TNumber) == typeof(decimal) => new BothRule<TNumber>(
                Compared<TNumber, double>(min, max, range, message),
                Compared<TNumber, decimal>(decimal.CreateSaturating(min), decimal.CreateSaturating(max), range, message)),
            { Minimum: double min, Maximum: double max } => Compared<TNumber, double>(min, max, range, message),
            _ => null,
        };

        return rule as IValueRule<T> ?? (rule is null ? null : new NullableRule<TNumber>(rule) as IValueRule<T>);
    }

    private static ConvertedRange<TNumber, TBound> Compared<TNumber, TBound>(TBound min, TBound max, RangeAttribute range, AttributeMessage message)
        where TNumber : struct, INumber<TNumber>
        where TBound : INumber<TBound> => new(min, max, range.MinimumIsExclusive, range.MaximumIsExclusive, message);
}

/// <summary>Bounds of the value's own type.</summary>
internal sealed class ComparedRange<T>(T min, T max, bool isMinExclusive, bool isMaxExclusive, AttributeMessage message) : IValueRule<T>, ISchemaRule
{
    public void Describe(SchemaNode schema)
    {
        schema.Bound("inimum", isMinExclusive, min);
        schema.Bound("aximum", isMaxExclusive, max);
    }

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        var (low, high) = (Comparer<T>.Default.Compare(min, value), Comparer<T>.Default.Compare(max, value));
        if ((isMinExclusive ? low < 0 : low <= 0) && (isMaxExclusive ? high > 0 : high >= 0))
        {
            return true;
        }

        violation = message.Violation();
        return false;
    }
}

/// <summary>Bounds of another number type, into which the value is converted; what does not fit lies outside.</summary>
internal sealed class ConvertedRange<T, TBound>(TBound min, TBound max, bool isMinExclusive, bool isMaxExclusive, AttributeMessage message) : IValueRule<T>, ISchemaRule
    where T : struct, INumber<T>
    where TBound : INumber<TBound>
{
    public void Describe(SchemaNode schema)
    {
        schema.Bound("inimum", isMinExclusive, min);
        schema.Bound("aximum", isMaxExclusive, max);
    }

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (!T.IsNaN(value))
        {
            var number = TBound.CreateSaturating(value);
            if ((isMinExclusive ? min < number : min <= number) && (isMaxExclusive ? number < max : number <= max))
            {
                return true;
            }
        }

        violation = message.Violation();
        return false;
    }
}

/// <summary>Two rules that must both hold.</summary>
internal sealed class BothRule<T>(IValueRule<T> first, IValueRule<T> second) : IValueRule<T>, ISchemaRule
{
    public void Describe(SchemaNode schema)
    {
        schema.Apply(first);
        schema.Apply(second);
    }

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation) =>
        first.TryApply(ref value, scope, out violation) && second.TryApply(ref value, scope, out violation);
}
