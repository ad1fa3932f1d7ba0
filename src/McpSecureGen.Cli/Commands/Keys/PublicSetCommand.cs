using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Output;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary><c>mcpsec keys jwks</c>: the public set, as servers take it in <c>McpSecurity:Authentication:KeyFile</c>.</summary>
internal sealed class PublicSetCommand : Command
{
    private readonly Option<string> _keys = KeyOptions.Keys();
    private readonly Option<string> _out = new("--out")
    {
        Description = "Write the set to this file in one step, readable by everyone, instead of to standard output.",
        HelpName = "FILE",
    };

    public PublicSetCommand(Terminal terminal)
        : base("jwks", "Print the public key set (RFC 7517).")
    {
        Add(_keys);
        Add(_out);
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        using var keys = KeyStore.At(parsed.GetRequiredValue(_keys)).Load();
        if (keys.IsShared)
        {
            throw CliException.File(
                $"These keys are secrets (HS256) and have no public set. Give servers the {KeyStore.SharedName} beside them, as secretly as the keys "
                + "themselves, or make ES256 keys.");
        }

        var set = keys.VerifyingSet();
        if (parsed.GetValue(_out) is { } path)
        {
            RefuseToReplaceAnythingElse(path);
            AtomicFile.ReplacePublic(path, set);
            output.Answer(new JsonObject { ["file"] = Path.GetFullPath(path), ["keys"] = keys.Keys.Count }, console =>
                console.Line($"{keys.Keys.Count} key(s) written to {path}"));
            return ExitCodes.Good;
        }

        // The set is the document, with --json and without.
        var document = JsonNode.Parse(set)!.AsObject();
        output.Answer(document, console => console.Profile.Out.Writer.WriteLine(document.ToJsonString(JsonForm.Indented)));
        return ExitCodes.Good;
    }

    /// <summary>A slip of the hand (<c>--out keys/signing-keys.json</c>) must not cost a private key.</summary>
    private static void RefuseToReplaceAnythingElse(string path)
    {
        if (File.Exists(path) && !PublicSetFile.IsOne(path))
        {
            throw CliException.File($"{path} is there and is not a public key set. It is not overwritten; choose another file.");
        }
    }
}
