using Spectre.Console;

namespace McpSecureGen.Cli.Output;

/// <summary>A two-column list of names and values, for people.</summary>
internal static class Facts
{
    public static void Show(IAnsiConsole console, IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Text(Printable.Of(name)), new Text(Printable.Of(value)));
        }

        console.Write(grid);
    }

    /// <summary>One line as it is, however wide the terminal: text that may be searched for or copied is not broken.</summary>
    public static void Line(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(Printable.Of(text));

    public static Table Table(params ReadOnlySpan<string> headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        return table;
    }

    /// <summary>Adds a row, every cell made safe to look at.</summary>
    public static void Row(this Table table, params ReadOnlySpan<string> cells)
    {
        var row = new List<Text>(cells.Length);
        foreach (var cell in cells)
        {
            row.Add(new Text(Printable.Of(cell)));
        }

        table.AddRow(row);
    }
}
