using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary>The rule of <see cref="AllowedValuesAttribute"/>, whose strings are also what completion offers.</summary>
internal sealed class ChoiceRule<T>(AllowedValuesAttribute attribute, string name) : IValueRule<T>, IChoiceRule
{
    private readonly AttributeRule<T> _rule = new(attribute, name);

    public IReadOnlyList<string>? Choices { get; } =
        attribute.Values.OfType<string>().ToArray() is { Length: > 0 } choices ? choices : null;

    public bool AppliesToNull => _rule.AppliesToNull;

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        if (_rule.TryApply(ref value, scope, out violation))
        {
            return true;
        }

        // The attribute's own message does not name the choices, and a model corrects itself by them.
        if (attribute.ErrorMessage is null && Choices is { Count: <= 32 } choices)
        {
            violation = violation with { Message = "must be one of: " + string.Join(", ", choices) };
        }

        return false;
    }
}
