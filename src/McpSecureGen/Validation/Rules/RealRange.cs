using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary>
/// <c>[Range(1, 5)]</c> on a real number. The attribute converts the value to its bounds' type first, so it rounds 5.4 to 5 and accepts it, while
/// the schema says that 5 is the maximum. Real bounds of the same size check what the schema says.
/// </summary>
internal static class RealRange
{
    internal static ValidationAttribute For<T>(ValidationAttribute attribute)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return attribute is RangeAttribute { Minimum: int minimum, Maximum: int maximum } range &&
            (type == typeof(double) || type == typeof(float) || type == typeof(decimal) || type == typeof(Half))
            ? new RangeAttribute((double)minimum, maximum)
            {
                MinimumIsExclusive = range.MinimumIsExclusive,
                MaximumIsExclusive = range.MaximumIsExclusive,
                ErrorMessage = range.ErrorMessage,
            }
            : attribute;
    }
}
