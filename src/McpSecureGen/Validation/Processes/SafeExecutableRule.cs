namespace McpSecureGen.Validation.Processes;

/// <summary>The rule of a <see cref="SafeExecutableAttribute"/>.</summary>
public sealed class SafeExecutableRule : IValueRule<string>
{
    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
