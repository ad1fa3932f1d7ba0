using System.Globalization;

namespace McpSecureGen.Validation.Rules;

/// <summary>The default bound of a collection that has none of its own (<see cref="LimitOptions.MaxItems"/>). CWE-770.</summary>
/// <typeparam name="TCollection">The collection's type.</typeparam>
/// <typeparam name="TElement">The elements' type.</typeparam>
/// <param name="maxItems">The greatest number of elements.</param>
public sealed class CountRule<TCollection, TElement>(int maxItems) : IValueRule<TCollection>, ISchemaRule
    where TCollection : IEnumerable<TElement>
{
    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        schema.Count(null, maxItems);
    }

    /// <inheritdoc/>
    public bool TryApply(ref TCollection value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        var count = value switch
        {
            ICollection<TElement> collection => collection.Count,
            IReadOnlyCollection<TElement> collection => collection.Count,
            _ => value.Count(),
        };

        if (count <= maxItems)
        {
            return true;
        }

        violation = new RuleViolation("MaxLength", $"must not have more than {maxItems} elements");
        return false;
    }
}

/// <summary>Applies rules to every element of a collection. An element with a canonical form is replaced in place.</summary>
/// <typeparam name="TCollection">The collection's type.</typeparam>
/// <typeparam name="TElement">The elements' type.</typeparam>
/// <param name="element">The rules of one element.</param>
public sealed class ElementsRule<TCollection, TElement>(Member<TElement> element) : IValueRule<TCollection>, ISchemaRule
    where TCollection : IEnumerable<TElement>
{
    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Inner("items") is { } items)
        {
            element.Describe(items);
        }
    }

    /// <inheritdoc/>
    public bool TryApply(ref TCollection value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value is IList<TElement> list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var item = list[i];
                if (!element.TryApply(ref item, Step(i), scope, out violation))
                {
                    return false;
                }

                if (!Values.AreSame(item, list[i]) || (typeof(TElement).IsValueType && list is TElement[] or List<TElement>))
                {
                    list[i] = item;
                }
            }

            return true;
        }

        var items = new List<TElement>();
        var isReplaced = false;
        foreach (var original in value)
        {
            var item = original;
            if (!element.TryApply(ref item, Step(items.Count), scope, out violation))
            {
                return false;
            }

            items.Add(item);
            isReplaced |= !Values.AreSame(item, original);
        }

        if (!isReplaced)
        {
            return true;
        }

        // A queue has no place to put the canonical form back, and an unchecked spelling must not reach the tool.
        if (value is not ICollection<TElement> { IsReadOnly: false } writable)
        {
            violation = new RuleViolation("Check", "must be given in canonical form");
            return false;
        }

        writable.Clear();
        items.ForEach(writable.Add);
        return true;
    }

    private static string Step(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}

/// <summary>Applies rules to every key and value of a dictionary. A value with a canonical form is replaced in place.</summary>
/// <typeparam name="TDictionary">The dictionary's type.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
/// <param name="key">The rules of one key.</param>
/// <param name="member">The rules of one value.</param>
public sealed class DictionaryRule<TDictionary, TValue>(Member<string> key, Member<TValue> member) : IValueRule<TDictionary>, ISchemaRule
    where TDictionary : IEnumerable<KeyValuePair<string, TValue>>
{
    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.Inner("additionalProperties") is { } values)
        {
            member.Describe(values);
        }

        schema.Names(key);
    }

    /// <inheritdoc/>
    public bool TryApply(ref TDictionary value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        foreach (var (name, original) in value.ToArray())
        {
            var checkedName = name;
            var item = original;
            if (!key.TryApply(ref checkedName, "[key]", scope, out violation) || !member.TryApply(ref item, "[value]", scope, out violation))
            {
                return false;
            }

            if (!Values.TryPutBack(value, name, item, original, out violation))
            {
                return false;
            }
        }

        return true;
    }
}
