using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary><see cref="AllowedValuesAttribute"/>, whose strings are also what completion offers.</summary>
internal sealed class AllowedValuesRule<T>(object?[] values, AttributeMessage message) : IValueRule<T>, IChoiceRule, ISchemaRule
{
    public void Describe(SchemaNode schema)
    {
        if (_allowsNull)
        {
            schema.AllowNull();
        }
    }

    private readonly T[] _values = [.. values.OfType<T>()];
    private readonly bool _allowsNull = Array.IndexOf(values, null) >= 0;

    public IReadOnlyList<string>? Choices { get; } = values.OfType<string>().ToArray() is { Length: > 0 } choices ? choices : null;

    public bool AppliesToNull => true;

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value is null ? _allowsNull : Array.IndexOf(_values, value) >= 0)
        {
            return true;
        }

        // The attribute's own message does not name the choices, and a model corrects itself by them.
        violation = Choices is { Count: <= 32 } choices ? message.Violation("must be one of: " + string.Join(", ", choices)) : message.Violation();
        return false;
    }
}

/// <summary><see cref="DeniedValuesAttribute"/>. Values are compared as the attribute does: an <see langword="int"/> never equals a <see langword="long"/>.</summary>
internal sealed class DeniedValuesRule<T>(object?[] values, AttributeMessage message) : IValueRule<T>
{
    private readonly T[] _values = [.. values.OfType<T>()];
    private readonly bool _deniesNull = Array.IndexOf(values, null) >= 0;

    public bool AppliesToNull => true;

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value is null ? !_deniesNull : Array.IndexOf(_values, value) < 0)
        {
            return true;
        }

        violation = message.Violation();
        return false;
    }
}
