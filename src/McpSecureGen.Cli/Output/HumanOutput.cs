using System.Text.Json.Nodes;
using Spectre.Console;

namespace McpSecureGen.Cli.Output;

/// <summary>Words and tables.</summary>
internal sealed class HumanOutput(Terminal terminal) : IOutput
{
    /// <summary>Wide enough for a table with a thumbprint where no terminal says how wide it is.</summary>
    private const int WidthWithoutTerminal = 200;

    public bool IsJson => false;

    public void Warn(string message) => terminal.Error.WriteLine($"warning: {Printable.Of(message)}");

    public void Status(string message) => terminal.Error.WriteLine(Printable.Lines(message));

    public void Answer(JsonObject document, Action<IAnsiConsole> show)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.IsOutShown ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.IsOutShown ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        if (!terminal.IsOutShown)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        show(console);
    }

    public void Fail(int exitCode, string message) => terminal.Error.WriteLine($"error: {Printable.Of(message)}");
}
