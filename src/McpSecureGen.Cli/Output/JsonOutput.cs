using System.Text.Json.Nodes;
using Spectre.Console;

namespace McpSecureGen.Cli.Output;

/// <summary>One JSON document on standard output, in ASCII: control and bidirectional characters of a claim stand there as escapes.</summary>
internal sealed class JsonOutput(Terminal terminal) : IOutput
{
    private readonly List<string> _warnings = [];

    public bool IsJson => true;

    public void Warn(string message)
    {
        _warnings.Add(message);
        terminal.Error.WriteLine($"warning: {Printable.Of(message)}");
    }

    public void Status(string message) => terminal.Error.WriteLine(Printable.Lines(message));

    public void Answer(JsonObject document, Action<IAnsiConsole> show)
    {
        if (_warnings.Count > 0)
        {
            document["warnings"] = new JsonArray([.. _warnings.Select(warning => JsonValue.Create(warning))]);
        }

        terminal.Out.WriteLine(document.ToJsonString(JsonForm.Indented));
    }

    public void Fail(int exitCode, string message)
    {
        terminal.Error.WriteLine($"error: {Printable.Of(message)}");
        Answer(new JsonObject { ["error"] = new JsonObject { ["exitCode"] = exitCode, ["message"] = message } }, static _ => { });
    }
}
