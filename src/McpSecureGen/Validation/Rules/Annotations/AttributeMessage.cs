using System.ComponentModel.DataAnnotations;

namespace McpSecureGen.Validation.Rules;

/// <summary>What is said when an attribute refuses: the constraint in the attribute's own words, and never the value.</summary>
internal sealed class AttributeMessage
{
    private const int MaxLength = 512;
    private const string Suffix = "Attribute";

    private readonly ValidationAttribute _attribute;
    private readonly string _displayName;
    private readonly string _rule;

    internal AttributeMessage(ValidationAttribute attribute, string displayName)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ArgumentException.ThrowIfNullOrEmpty(displayName);
        (_attribute, _displayName) = (attribute, displayName);
        var name = attribute.GetType().Name;
        _rule = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }

    internal string DisplayName => _displayName;

    /// <summary>Whether the author has worded it.</summary>
    internal bool IsCustom => _attribute.ErrorMessage is not null || _attribute.ErrorMessageResourceName is not null;

    /// <summary>Made on refusal, because a message from resources depends on the culture of that moment. Resources that are missing change nothing about the refusal.</summary>
    internal RuleViolation Violation()
    {
        try
        {
            return new RuleViolation(_rule, Describe(_attribute.FormatErrorMessage(_displayName)));
        }
#pragma warning disable CA1031 // The value is refused whatever becomes of the words for it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Broken();
        }
    }

    /// <summary>The same with words of ours where the author has none.</summary>
    internal RuleViolation Violation(string message) => IsCustom ? Violation() : new RuleViolation(_rule, Cap(message));

    /// <summary>A check that breaks has not accepted anything. What it threw may carry the value, so none of it is shown.</summary>
    internal RuleViolation Broken() => new(_rule, "could not be checked and is refused");

    internal static string Cap(string text) => text.Length <= MaxLength ? text : text[..MaxLength];

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
}
