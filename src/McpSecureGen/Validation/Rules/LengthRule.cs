namespace McpSecureGen.Validation.Rules;

/// <summary>The default bound of a string that has none of its own (<see cref="LimitOptions.MaxStringLength"/>). CWE-770.</summary>
/// <param name="maxLength">The greatest length in UTF-16 characters.</param>
public sealed class LengthRule(int maxLength) : IValueRule<string>, ILengthBound
{
    int ILengthBound.MaxLength => maxLength;

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value.Length <= maxLength)
        {
            return true;
        }

        violation = new RuleViolation("MaxLength", $"must not be longer than {maxLength} characters");
        return false;
    }
}
