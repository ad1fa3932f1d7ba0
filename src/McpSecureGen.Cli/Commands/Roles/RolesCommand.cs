using System.CommandLine;

namespace McpSecureGen.Cli.Commands.Roles;

/// <summary><c>mcpsec roles</c>.</summary>
internal sealed class RolesCommand : Command
{
    public RolesCommand(Terminal terminal)
        : base("roles", "The roles of a server, from its settings and from its compiled assembly.")
    {
        Add(new ListRolesCommand(terminal));
        Add(new CheckRolesCommand(terminal));
    }
}
