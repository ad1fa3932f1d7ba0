using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary><see cref="CompareAttribute"/>: two members of an object are equal. Generated code reads them, so nothing is looked up by name.</summary>
/// <typeparam name="T">The object's type.</typeparam>
/// <typeparam name="TMember">The type of the member with the attribute.</typeparam>
/// <typeparam name="TOther">The type of the other member.</typeparam>
public sealed class ComparisonRule<T, TMember, TOther> : IValueRule<T>
{
    private readonly Func<T, TMember> _member;
    private readonly Func<T, TOther> _other;
    private readonly AttributeMessage _message;
    private readonly string _step;

    /// <summary>The rule of one attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The member's name, as the client knows it.</param>
    /// <param name="member">Reads the member.</param>
    /// <param name="other">Reads the member it must equal.</param>
    public ComparisonRule(CompareAttribute attribute, string name, Func<T, TMember> member, Func<T, TOther> other)
    {
        ArgumentNullException.ThrowIfNull(name);
        (_member, _other, _step) = (member, other, "." + name);
        _message = new AttributeMessage(attribute, name);
    }

    /// <inheritdoc/>
    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (Equals(_member(value), _other(value)))
        {
            return true;
        }

        violation = _message.Violation() with { Path = _step };
        return false;
    }
}
