namespace McpSecureGen.Validation.Text;

/// <summary>The rule of a <see cref="SafeIdentifierAttribute"/>.</summary>
public sealed class SafeIdentifierRule : IValueRule<string>
{
    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
