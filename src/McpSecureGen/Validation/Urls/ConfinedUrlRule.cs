namespace McpSecureGen.Validation.Urls;

/// <summary>The rule of a <see cref="SafeUrlAttribute"/>.</summary>
public sealed class ConfinedUrlRule : IValueRule<ConfinedUrl>
{
    /// <inheritdoc/>
    public bool TryApply(ref ConfinedUrl value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
