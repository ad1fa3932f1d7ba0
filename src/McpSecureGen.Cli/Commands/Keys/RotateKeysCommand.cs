using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Keys.Material;
using McpSecureGen.Cli.Output;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary><c>mcpsec keys rotate</c>: a new signing key, or the end of old ones.</summary>
internal sealed class RotateKeysCommand : Command
{
    private readonly Terminal _terminal;
    private readonly Option<string> _keys = KeyOptions.Keys();
    private readonly Option<string> _algorithm = KeyOptions.Algorithm("What the new key signs with. Default: as the key it replaces.");
    private readonly Option<string> _id = KeyOptions.Id();
    private readonly Option<TimeSpan> _keep = DurationOption.Create(
        "--keep",
        "How long the tokens of the old key are still accepted: at least their longest lifetime. 0s: not at all, for a key that was copied. Default: 1h.",
        TimeSpan.FromHours(1),
        TimeSpan.Zero,
        TimeSpan.FromDays(366));

    private readonly Option<bool> _prune = new("--prune")
    {
        Description = "Make no new key; remove the old ones whose time is over.",
    };

    public RotateKeysCommand(Terminal terminal)
        : base("rotate", "Replace the signing key. Tokens of the old one stay valid for --keep.")
    {
        _terminal = terminal;
        Add(_keys);
        Add(_keep);
        Add(_algorithm);
        Add(_id);
        Add(_prune);
        Validators.Add(result =>
        {
            if (result.GetValue(_prune) && (result.GetResult(_id) is not null || result.GetResult(_algorithm) is not null))
            {
                result.AddError("--prune makes no key: leave --kid and --algorithm out.");
            }
        });
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        var store = KeyStore.At(parsed.GetRequiredValue(_keys));
        var now = _terminal.Time.GetUtcNow();
        IReadOnlyList<string> removed = [];
        StoredKey? added = null;
        using var keys = store.Change(ring =>
        {
            if (!parsed.GetValue(_prune))
            {
                added = NewKey(parsed, ring, now);
                ring.Rotate(added, now + parsed.GetValue(_keep));
            }

            // A key that was kept for no time at all goes with the rest.
            removed = parsed.GetValue(_prune) || parsed.GetValue(_keep) == TimeSpan.Zero ? ring.Prune(now) : [];
        });

        var document = new JsonObject
        {
            ["added"] = added?.Id,
            ["signing"] = keys.Signing.Id,
            ["removed"] = new JsonArray([.. removed.Select(id => JsonValue.Create(id))]),
            ["verifyingKeys"] = store.VerifyingFile(keys),
            ["keys"] = KeyList.Document(keys),
        };
        output.Answer(document, console =>
        {
            console.Line(added is null ? $"{removed.Count} key(s) removed." : $"New key {added}.");
            KeyList.Show(console, keys, now);
        });
        return ExitCodes.Good;
    }

    private StoredKey NewKey(ParseResult parsed, KeyRing ring, DateTimeOffset now)
    {
        var algorithm = parsed.GetValue(_algorithm) ?? ring.Signing.Algorithm;
        if ((algorithm == KeyAlgorithms.HS256) != ring.IsShared)
        {
            throw CliException.Usage(
                "A store holds either public keys or shared secrets (HS256), never both, because one set is published and the other must not be. "
                + "Make a store of its own with 'mcpsec keys new'.");
        }

        var material = KeyMaterial.Generate(algorithm);
        var key = new StoredKey(parsed.GetValue(_id) ?? KeyId.For(material), algorithm, now, material);
        if (ring.Keys.Any(known => known.Id == key.Id))
        {
            key.Dispose();
            throw CliException.Usage($"--kid {key.Id} is in use. Every key needs a kid of its own; servers tell keys apart by it.");
        }

        return key;
    }
}
