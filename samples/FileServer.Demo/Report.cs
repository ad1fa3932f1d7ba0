using Spectre.Console;

namespace FileServer.Demo;

/// <summary>Prints the table; plain and wide where the output is not a terminal.</summary>
internal static class Report
{
    private const int PipedWidth = 400;

    private static readonly IAnsiConsole Out = Create();

    public static void Table(IReadOnlyList<RowResult> results)
    {
        foreach (var server in results.GroupBy(static result => result.Server))
        {
            var table = new Table().Border(TableBorder.Ascii2).AddColumns("#", "who", "what", "expected", "seen", "on the record", "effect", "ok");
            table.Title = new TableTitle($"Server with {server.Key}");
            foreach (var result in server)
            {
                table.AddRow([.. Cells(result, results.ToList().IndexOf(result) + 1).Select(Markup.Escape)]);
            }

            Out.Write(table);
            Out.WriteLine();
        }
    }

    public static bool Summary(IReadOnlyList<RowResult> results)
    {
        var good = results.Count(static result => result.IsAsExpected);
        Line($"{good} of {results.Count} rows ok: verdict, record and files as expected, and in the reply neither a host path nor a text from outside the workspace.");
        return good == results.Count;
    }

    public static void Line(string text) => Out.WriteLine(text);

    private static string[] Cells(RowResult result, int number) =>
    [
        number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        result.Row.Who,
        result.Row.What,
        result.Row.Expected,
        result.Seen,
        result.Recorded == result.Row.Recorded ? result.Recorded : $"{result.Recorded} (expected: {result.Row.Recorded})",
        result.Row.Effect,
        result.IsAsExpected ? "ok" : "NOT OK",
    ];

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipedWidth;
        }

        return console;
    }
}
