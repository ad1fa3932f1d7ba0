namespace McpSecureGen.HostileInput.Support;

/// <summary>What became of the payloads of one list.</summary>
internal enum Verdict
{
    /// <summary>The call was refused, and nothing happened.</summary>
    Refused,

    /// <summary>The call ran, and everything it did stayed inside.</summary>
    Harmless,

    /// <summary>Something happened outside.</summary>
    Escaped,
}

/// <summary>Counts verdicts by list and prints them as a table; the lists that escaped keep their first payloads for the message.</summary>
internal sealed class Verdicts(string title)
{
    private readonly SortedDictionary<string, int[]> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _escaped = [];

    public int Total => _rows.Values.Sum(static row => row.Sum());

    public void Add(string list, string payload, Verdict verdict)
    {
        if (!_rows.TryGetValue(list, out var row))
        {
            _rows.Add(list, row = new int[3]);
        }

        row[(int)verdict]++;
        if (verdict == Verdict.Escaped && _escaped.Count < 20)
        {
            _escaped.Add($"{list}: {payload}");
        }
    }

    /// <summary>Prints the table, and fails when anything escaped or nothing was tried.</summary>
    public void PrintAndRequireNoEscape(ITestOutputHelper output)
    {
        output.WriteLine(title);
        output.WriteLine($"{"list",-48} {"payloads",9} {"refused",9} {"harmless",9} {"escaped",9}");
        foreach (var (list, row) in _rows)
        {
            output.WriteLine($"{list,-48} {row.Sum(),9} {row[0],9} {row[1],9} {row[2],9}");
        }

        Assert.True(Total > 0, "No payload was tried.");
        Assert.True(_escaped.Count == 0, "Escaped:\n" + string.Join('\n', _escaped));
    }
}
