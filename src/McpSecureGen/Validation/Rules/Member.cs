namespace McpSecureGen.Validation.Rules;

/// <summary>The rules of one value that stands inside another: a member of an object, an element of a list, a value of a dictionary.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="acceptsNull">Whether <see langword="null"/> is a value of it.</param>
/// <param name="rules">What to check, in order.</param>
public sealed class Member<T>(bool acceptsNull, params IValueRule<T>[] rules) : ISchemaRule
{
    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        schema.Describe(rules, acceptsNull);
    }

    /// <summary>Checks the value, and replaces it by its canonical form.</summary>
    /// <param name="value">The value.</param>
    /// <param name="step">Where it stands, as in <c>.name</c> or <c>[2]</c>.</param>
    /// <param name="scope">What else the rules may ask for.</param>
    /// <param name="violation">What is wrong.</param>
    public bool TryApply(ref T value, string step, in ValidationScope scope, out RuleViolation violation)
    {
        if (RuleSet.TryApply(rules, acceptsNull, ref value, scope, out violation))
        {
            return true;
        }

        violation = violation.Beneath(step);
        return false;
    }
}

/// <summary>The one place where a list of rules is applied to a value.</summary>
internal static class RuleSet
{
    internal static bool TryApply<T>(IValueRule<T>[] rules, bool acceptsNull, ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        if (value is null && !acceptsNull)
        {
            violation = new RuleViolation("NotNull", "must not be null");
            return false;
        }

        foreach (var rule in rules)
        {
            if ((value is not null || rule.AppliesToNull) && !Applies(rule, ref value, scope, out violation))
            {
                return false;
            }
        }

        violation = default;
        return true;
    }

    /// <summary>A rule that breaks has not said yes: the value is refused.</summary>
    private static bool Applies<T>(IValueRule<T> rule, ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        try
        {
            return rule.TryApply(ref value, scope, out violation);
        }
#pragma warning disable CA1031 // Fail closed: whatever a rule throws, the value was not found good.
        catch (Exception)
#pragma warning restore CA1031
        {
            violation = new RuleViolation("Check", "could not be checked and is refused");
            return false;
        }
    }
}
