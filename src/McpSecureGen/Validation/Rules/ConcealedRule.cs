namespace McpSecureGen.Validation.Rules;

/// <summary>The rule of a value marked <see cref="SensitiveAttribute"/>: a refusal names the rule and says nothing of what it wants.</summary>
internal sealed class ConcealedRule<T>(IValueRule<T> rule) : IValueRule<T>, IWrappingRule, ISchemaRule
{
    public object Inner => rule;

    public void Describe(SchemaNode schema) => schema.Apply(rule);

    public bool AppliesToNull => rule.AppliesToNull;

    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        if (rule.TryApply(ref value, scope, out violation))
        {
            return true;
        }

        violation = violation with { Message = "is not acceptable" };
        return false;
    }
}
