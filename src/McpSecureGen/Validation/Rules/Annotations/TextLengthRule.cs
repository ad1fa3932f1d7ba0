using System.ComponentModel.DataAnnotations;
using System.Text;

namespace McpSecureGen.Validation.Rules;

/// <summary>
/// <see cref="StringLengthAttribute"/>, <see cref="MinLengthAttribute"/>, <see cref="MaxLengthAttribute"/> and <see cref="LengthAttribute"/> on text.
/// </summary>
/// <remarks>
/// The attributes count UTF-16 characters, and JSON Schema counts code points (2020-12 validation, 6.3). A maximum counts the former, a minimum both: an
/// emoji, which is two characters and one code point, is not enough for a minimum of two.
/// </remarks>
internal sealed class TextLengthRule(int min, int max, AttributeMessage message) : IValueRule<string>, ISchemaRule
{
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value.Length <= max && value.Length >= min && (value.Length >= 2L * min || CodePoints(value) >= min))
        {
            return true;
        }

        violation = message.Violation();
        return false;
    }

    public void Describe(SchemaNode schema)
    {
        if (max < int.MaxValue)
        {
            schema.MaxLength(max);
        }
    }

    private static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
