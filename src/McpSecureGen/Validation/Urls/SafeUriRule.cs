namespace McpSecureGen.Validation.Urls;

/// <summary>The rule of a <see cref="SafeUrlAttribute"/>.</summary>
public sealed class SafeUriRule : IValueRule<Uri>
{
    /// <inheritdoc/>
    public bool TryApply(ref Uri value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
