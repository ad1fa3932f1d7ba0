namespace McpSecureGen.Validation.Rules;

/// <summary>Applies rules to every value of a dictionary whose keys are no text. A value with a canonical form is replaced in place.</summary>
/// <typeparam name="TDictionary">The dictionary's type.</typeparam>
/// <typeparam name="TKey">The keys' type: a number, an enum, an identifier.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
/// <param name="member">The rules of one value.</param>
public sealed class KeyedValuesRule<TDictionary, TKey, TValue>(Member<TValue> member) : IValueRule<TDictionary>, ISchemaRule
    where TDictionary : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Inner("additionalProperties") is { } values)
        {
            member.Describe(values);
        }
    }

    /// <inheritdoc/>
    public bool TryApply(ref TDictionary value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        foreach (var (key, original) in value.ToArray())
        {
            var item = original;
            if (!member.TryApply(ref item, "[value]", scope, out violation) || !Values.TryPutBack(value, key, item, original, out violation))
            {
                return false;
            }
        }

        return true;
    }
}
