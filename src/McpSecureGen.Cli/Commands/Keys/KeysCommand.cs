using System.CommandLine;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary><c>mcpsec keys</c>.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand(Terminal terminal)
        : base("keys", "Signing keys of an issuer of your own, and the set that servers verify with.")
    {
        Add(new NewKeyCommand(terminal));
        Add(new RotateKeysCommand(terminal));
        Add(new ShowKeysCommand(terminal));
        Add(new PublicSetCommand(terminal));
    }
}
