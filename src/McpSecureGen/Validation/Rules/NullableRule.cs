namespace McpSecureGen.Validation.Rules;

/// <summary>Applies the rule of a struct to its nullable form.</summary>
/// <typeparam name="T">The struct.</typeparam>
/// <param name="rule">Its rule.</param>
public sealed class NullableRule<T>(IValueRule<T> rule) : IValueRule<T?>, ISchemaRule
    where T : struct
{
    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        schema.Apply(rule);
    }

    /// <inheritdoc/>
    public bool TryApply(ref T? value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value is not { } present)
        {
            return true;
        }

        var accepted = rule.TryApply(ref present, scope, out violation);
        value = present;
        return accepted;
    }
}
