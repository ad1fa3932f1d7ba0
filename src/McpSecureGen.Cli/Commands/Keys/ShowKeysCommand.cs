using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Output;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary><c>mcpsec keys show</c>.</summary>
internal sealed class ShowKeysCommand : Command
{
    private readonly Terminal _terminal;
    private readonly Option<string> _keys = KeyOptions.Keys();

    public ShowKeysCommand(Terminal terminal)
        : base("show", "List the keys of a store, and which one signs. Shows nothing private.")
    {
        _terminal = terminal;
        Add(_keys);
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        var store = KeyStore.At(parsed.GetRequiredValue(_keys));
        using var keys = store.Load();
        var document = new JsonObject
        {
            ["privateKeys"] = store.PrivateFile,
            ["verifyingKeys"] = store.VerifyingFile(keys),
            ["keys"] = KeyList.Document(keys),
        };
        output.Answer(document, console => KeyList.Show(console, keys, _terminal.Time.GetUtcNow()));
        return ExitCodes.Good;
    }
}
