using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Keys.Material;
using McpSecureGen.Cli.Output;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary><c>mcpsec keys new</c>: starts a key store.</summary>
internal sealed class NewKeyCommand : Command
{
    private readonly Terminal _terminal;
    private readonly Option<string> _algorithm = KeyOptions.Algorithm($"What the key signs with. Default: {KeyAlgorithms.ES256}.");
    private readonly Option<string> _id = KeyOptions.Id();
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder to write to; made when it is not there, for its owner only.",
        HelpName = "FOLDER",
        Required = true,
    };

    public NewKeyCommand(Terminal terminal)
        : base("new", "Make a signing key and the key set that servers verify with.")
    {
        _terminal = terminal;
        Add(_algorithm);
        Add(_out);
        Add(_id);
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        var algorithm = parsed.GetValue(_algorithm) ?? KeyAlgorithms.ES256;
        var store = KeyStore.At(parsed.GetRequiredValue(_out));
        var material = KeyMaterial.Generate(algorithm);
        var key = new StoredKey(parsed.GetValue(_id) ?? KeyId.For(material), algorithm, _terminal.Time.GetUtcNow(), material);
        using var keys = new KeyRing([key]);
        store.Create(keys);

        if (keys.IsShared)
        {
            output.Warn(SharedKeyWarning(store, keys));
        }

        var document = new JsonObject
        {
            ["kid"] = key.Id,
            ["algorithm"] = algorithm,
            ["privateKeys"] = store.PrivateFile,
            ["verifyingKeys"] = store.VerifyingFile(keys),
        };
        output.Answer(document, console => Show(console, store, keys));
        return ExitCodes.Good;
    }

    private static string SharedKeyWarning(KeyStore store, KeyRing keys) =>
        $"HS256 has no public half: whoever can verify a token can make one. {store.VerifyingFile(keys)} is as secret as the signing key. Give it to the "
        + "servers of one operator only, or use ES256.";

    private static void Show(IAnsiConsole console, KeyStore store, KeyRing keys) => Facts.Show(
        console,
        [
            ("key", keys.Signing.ToString()),
            ("private, for this user only", store.PrivateFile),
            (keys.IsShared ? "for servers, secret" : "for servers, public", store.VerifyingFile(keys)),
        ]);
}
