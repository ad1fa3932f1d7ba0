namespace McpSecureGen.Validation.Processes;

/// <summary>The rule of a <see cref="SafeArgumentAttribute"/>.</summary>
public sealed class SafeArgumentRule : IValueRule<string>
{
    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
