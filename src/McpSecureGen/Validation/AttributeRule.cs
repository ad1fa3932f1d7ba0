using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation;

/// <summary>Enforces one attribute of <c>System.ComponentModel.DataAnnotations</c>, which the SDK prints into the schema and does not check.</summary>
/// <remarks>
/// The message states the constraint from <see cref="ValidationAttribute.FormatErrorMessage"/>; a message that the attribute builds from the value is never
/// shown. An attribute that throws, times out (<see cref="RegularExpressionAttribute"/> after its <c>MatchTimeoutInMilliseconds</c>, two seconds by default)
/// or asks for a service that is not there refuses the value. The value is not changed.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class AttributeRule<T> : IValueRule<T>
{
    private const int MaxMessageLength = 512;

    private readonly ValidationAttribute _attribute;
    private readonly string _displayName;
    private readonly string _rule;

    /// <summary>The rule of one attribute on one parameter or property.</summary>
    /// <param name="attribute">The attribute; one instance serves all calls, as everywhere in .NET.</param>
    /// <param name="displayName">The name the client knows the parameter by.</param>
    public AttributeRule(ValidationAttribute attribute, string displayName)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ArgumentException.ThrowIfNullOrEmpty(displayName);
        (_attribute, _displayName) = (attribute, displayName);
        var name = attribute.GetType().Name;
        _rule = name.Length > 9 && name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^9] : name;
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
            var context = new ValidationContext((object?)value ?? this, _displayName, scope.Services, null);
            if (_attribute.GetValidationResult(value, context) == ValidationResult.Success)
            {
                return true;
            }

            violation = new RuleViolation(_rule, Describe(_attribute.FormatErrorMessage(_displayName)));
        }
        catch (Exception)
        {
            // Fail closed: a check that breaks has not accepted anything. What it threw may carry the value, so none of it is shown.
            violation = new RuleViolation(_rule, "could not be checked and is refused");
        }

        return false;
    }

    // The message follows the parameter's name: "The field count must be between 1 and 5." becomes "must be between 1 and 5".
    private string Describe(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return "is not valid";
        }

        var text = message.Trim().TrimEnd('.');
        foreach (var prefix in (string[])[$"The field {_displayName} ", $"The {_displayName} field ", $"{_displayName} "])
        {
            if (text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Cap(text[prefix.Length..]);
            }
        }

        return Cap($"is not valid: {text}");
    }

    private static string Cap(string text) => text.Length <= MaxMessageLength ? text : text[..MaxMessageLength];
}
