namespace McpSecureGen.Validation.Urls;

/// <summary>Names that no public server has, by <c>Tables/special-use-names.tsv</c> (RFC 6761 and its registry).</summary>
internal static class SpecialUseNames
{
    private static readonly Dictionary<string, Reach> Names =
        Table.Read("special-use-names.tsv", 4).ToDictionary(static row => row[0], static row => Enum.Parse<Reach>(row[1], ignoreCase: true), StringComparer.Ordinal);

    private static readonly Dictionary<string, Reach>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All names.</summary>
    internal static IReadOnlyCollection<string> All => Names.Keys;

    /// <summary>The strictest row for a name in lower case without a trailing dot. A name of a single label is a local one.</summary>
    internal static Reach ReachOf(string name)
    {
        var reach = name.Contains('.', StringComparison.Ordinal) ? Reach.Public : Reach.Private;
        for (var start = 0; ;)
        {
            if (Lookup.TryGetValue(name.AsSpan(start), out var found) && found > reach)
            {
                reach = found;
            }

            var dot = name.IndexOf('.', start);
            if (dot < 0)
            {
                return reach;
            }

            start = dot + 1;
        }
    }
}
