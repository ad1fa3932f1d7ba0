using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Capabilities;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Roles;

namespace McpSecureGen.Cli.Commands.Roles;

/// <summary><c>mcpsec roles list</c>.</summary>
internal sealed class ListRolesCommand : Command
{
    private readonly RoleSources _sources;

    public ListRolesCommand(Terminal terminal)
        : base("list", "Show what each role grants.")
    {
        _sources = new(this);
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        var (declared, configured) = _sources.Read(parsed);
        var findings = RoleFindings.Of(declared, configured);
        if (findings.Table is not { } table)
        {
            throw new CliException(ExitCodes.CheckFailed, string.Join(' ', findings.Problems));
        }

        var document = new JsonObject
        {
            ["roles"] = new JsonArray([.. table.Names.Select(role => new JsonObject
            {
                ["role"] = role,
                ["from"] = Source(role),
                ["grants"] = new JsonArray([.. table.GrantsOf(role).Distinct().Select(Grant)]),
            })]),
        };
        output.Answer(document, console =>
        {
            var rows = Facts.Table("role", "grants", "from");
            foreach (var role in table.Names)
            {
                rows.Row(role, Words(table.GrantsOf(role)), Source(role));
            }

            console.Write(rows);
        });
        return ExitCodes.Good;

        string Source(string role) => (declared.Roles.Any(known => known.Name == role), configured.ContainsKey(role)) switch
        {
            (true, true) => "assembly and settings",
            (true, false) => "assembly",
            _ => "settings",
        };
    }

    private static JsonObject Grant(CapabilityGrant grant) => new() { ["capability"] = grant.Capability, ["namespace"] = grant.Namespace };

    private static string Words(IEnumerable<CapabilityGrant> grants)
    {
        var words = grants.Distinct().Select(grant => grant.Namespace is null ? grant.Capability : $"{grant.Capability} (in {grant.Namespace})");
        return string.Join(", ", words) is { Length: > 0 } list ? list : "nothing";
    }
}
