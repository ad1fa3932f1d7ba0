using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary>Asks an object that validates itself. Its messages are the author's; they are shown, so they must not repeat the value.</summary>
/// <typeparam name="T">The object's type.</typeparam>
public sealed class ValidatableRule<T> : IValueRule<T>
{
    /// <inheritdoc/>
    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value is not IValidatableObject validatable)
        {
            return true;
        }

        // This constructor looks no display name up, so trimming cannot break it.
        var context = new ValidationContext(value, typeof(T).Name, scope.Services, items: null);
        foreach (var result in validatable.Validate(context))
        {
            if (result != ValidationResult.Success)
            {
                violation = new RuleViolation("Validate", AttributeMessage.Cap("is not valid: " + (result.ErrorMessage ?? "its members contradict each other")));
                return false;
            }
        }

        return true;
    }
}
