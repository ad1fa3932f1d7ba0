using System.Collections.Frozen;
using System.Globalization;

namespace McpSecureGen.Validation.Urls;

/// <summary>The ports that the Fetch standard blocks, by <c>Tables/bad-ports.tsv</c>.</summary>
internal static class BadPorts
{
    internal static FrozenSet<int> All { get; } =
        Table.Read("bad-ports.tsv", 2).Select(static row => int.Parse(row[0], CultureInfo.InvariantCulture)).ToFrozenSet();
}
