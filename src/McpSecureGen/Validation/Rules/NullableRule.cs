namespace McpSecureGen.Validation.Rules;

/// <summary>Applies the rule of a struct to its nullable form.</summary>
/// <typeparam name="T">The struct.</typeparam>
/// <param name="rule">Its rule.</param>
public sealed class NullableRule<T>(IValueRule<T> rule) : IValueRule<T?>
    where T : struct
{
    /// <inheritdoc/>
    public bool TryApply(ref T? value, IServiceProvider? services, out RuleViolation violation)
    {
        violation = default;
        if (value is not { } present)
        {
            return true;
        }

        var accepted = rule.TryApply(ref present, services, out violation);
        value = present;
        return accepted;
    }
}
