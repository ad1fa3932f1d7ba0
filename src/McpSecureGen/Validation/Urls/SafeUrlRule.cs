namespace McpSecureGen.Validation.Urls;

/// <summary>The rule of a <see cref="SafeUrlAttribute"/>.</summary>
public sealed class SafeUrlRule : IValueRule<string>
{
    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
