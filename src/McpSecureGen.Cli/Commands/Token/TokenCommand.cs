using System.CommandLine;

namespace McpSecureGen.Cli.Commands.Token;

/// <summary><c>mcpsec token</c>.</summary>
internal sealed class TokenCommand : Command
{
    public TokenCommand(Terminal terminal)
        : base("token", "Access tokens: issue, look at, keep fresh, revoke.")
    {
        Add(new IssueTokenCommand(terminal));
        Add(new InspectTokenCommand(terminal));
        Add(new RevokeTokenCommand(terminal));
        Add(new WatchTokenCommand(terminal));
    }
}
