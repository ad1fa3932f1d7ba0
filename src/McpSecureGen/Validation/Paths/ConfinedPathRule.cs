namespace McpSecureGen.Validation.Paths;

/// <summary>The rule of a <see cref="SafePathAttribute"/>.</summary>
public sealed class ConfinedPathRule : IValueRule<ConfinedPath>
{
    /// <inheritdoc/>
    public bool TryApply(ref ConfinedPath value, in ValidationScope scope, out RuleViolation violation) => throw new NotSupportedException("skeleton");
}
