namespace McpSecureGen.Validation.Urls;

/// <summary>Reads a table that is part of the assembly: one row a line, cells between tabs, <c>#</c> for comments.</summary>
internal static class Table
{
    /// <exception cref="InvalidOperationException">The table is missing, or a row has another number of cells.</exception>
    internal static IReadOnlyList<string[]> Read(string name, int cells)
    {
        using var stream = typeof(Table).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks its table {name}.");
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var row = line.Split('\t');
            rows.Add(row.Length == cells ? row : throw new InvalidOperationException($"A row of {name} does not have {cells} cells: {line}"));
        }

        return rows;
    }
}
