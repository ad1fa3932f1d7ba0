using System.ComponentModel.DataAnnotations;
using McpSecureGen.Validation.Rules;

namespace McpSecureGen.Validation;

/// <summary>Enforces a validation attribute by asking it: an author's own one, or one of the framework that no rule of ours covers.</summary>
/// <remarks>
/// The attribute sees what the framework would show it: the services of the request (<see cref="ValidationContext.GetService"/>), the object that holds the
/// member, and the member's name. The message states the constraint from <see cref="ValidationAttribute.FormatErrorMessage"/>; a message that the attribute
/// builds from the value is never shown. An attribute that throws, times out or asks for a service that is not there refuses the value. The value is not
/// changed.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class AttributeRule<T> : IValueRule<T>
{
    private readonly ValidationAttribute _attribute;
    private readonly AttributeMessage _message;
    private readonly string? _memberName;

    /// <summary>The rule of one attribute on one parameter or property.</summary>
    /// <param name="attribute">The attribute; one instance serves all calls, as everywhere in .NET.</param>
    /// <param name="displayName">The name the client knows the parameter by.</param>
    /// <param name="memberName">The name of the member in its class, which an attribute may ask for; <see langword="null"/>: the same.</param>
    public AttributeRule(ValidationAttribute attribute, string displayName, string? memberName = null)
    {
        _message = new AttributeMessage(attribute, displayName);
        _attribute = attribute;
        _memberName = memberName ?? displayName;
    }

    /// <summary>An attribute may have something to say of <see langword="null"/>, as <see cref="RequiredAttribute"/> does.</summary>
    public bool AppliesToNull => true;

    /// <inheritdoc/>
    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        try
        {
            // This constructor looks no display name up, so trimming cannot break it.
            var context = new ValidationContext(scope.Instance ?? (object?)value ?? this, _message.DisplayName, scope.Services, null) { MemberName = _memberName };
            if (_attribute.GetValidationResult(value, context) == ValidationResult.Success)
            {
                return true;
            }

            violation = _message.Violation();
        }
#pragma warning disable CA1031 // Fail closed: whatever an attribute throws, the value was not found good.
        catch (Exception)
#pragma warning restore CA1031
        {
            violation = _message.Broken();
        }

        return false;
    }
}
