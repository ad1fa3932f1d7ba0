namespace McpSecureGen.Validation.Rules;

/// <summary>How collections tell that a rule has put another value in the place of one, and put it back.</summary>
internal static class Values
{
    /// <summary>Text by its characters, a struct by its own equality, and anything else by identity: two URIs are equal that differ in their fragment.</summary>
    internal static bool AreSame<T>(T a, T b) =>
        typeof(T).IsValueType || typeof(T) == typeof(string) ? EqualityComparer<T>.Default.Equals(a, b) : ReferenceEquals(a, b);

    internal static bool TryPutBack<TKey, TValue>(
        IEnumerable<KeyValuePair<TKey, TValue>> dictionary, TKey key, TValue item, TValue original, out RuleViolation violation)
    {
        violation = default;
        var isSame = AreSame(item, original);

        // A struct's own equality may leave the checked member out.
        if (isSame && !typeof(TValue).IsValueType)
        {
            return true;
        }

        if (dictionary is IDictionary<TKey, TValue> { IsReadOnly: false } writable)
        {
            writable[key] = item;
            return true;
        }

        violation = isSame ? default : new RuleViolation("Check", "must be given in canonical form");
        return isSame;
    }
}
