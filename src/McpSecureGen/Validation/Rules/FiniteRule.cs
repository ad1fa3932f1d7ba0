using System.Numerics;

namespace McpSecureGen.Validation.Rules;

/// <summary>Refuses infinities and NaN in members of objects, which <c>1e400</c> reads as.</summary>
/// <typeparam name="T">A floating-point type.</typeparam>
public sealed class FiniteRule<T> : IValueRule<T>
    where T : struct, INumberBase<T>
{
    /// <inheritdoc/>
    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (T.IsFinite(value))
        {
            return true;
        }

        violation = new RuleViolation("Finite", "must be a finite number");
        return false;
    }
}
