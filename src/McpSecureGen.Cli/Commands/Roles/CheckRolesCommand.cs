using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Roles;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Roles;

/// <summary><c>mcpsec roles check</c>: what would stop the server, or leave a role without effect.</summary>
internal sealed class CheckRolesCommand : Command
{
    private readonly RoleSources _sources;

    public CheckRolesCommand(Terminal terminal)
        : base("check", "Find unknown capabilities, roles defined twice and roles that grant nothing.")
    {
        _sources = new(this);
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        var (declared, configured) = _sources.Read(parsed);
        var findings = RoleFindings.Of(declared, configured);
        var roles = declared.Roles.Select(role => role.Name).Concat(configured.Keys).Distinct(StringComparer.Ordinal).Count();
        if (roles == 0)
        {
            output.Warn("There are no roles here. Tokens can still grant through scopes.");
        }

        var document = new JsonObject
        {
            ["roles"] = roles,
            ["problems"] = new JsonArray([.. findings.Problems.Select(problem => JsonValue.Create(problem))]),
        };
        output.Answer(document, console =>
        {
            foreach (var problem in findings.Problems)
            {
                console.Line(problem);
            }

            console.Line($"{roles} role(s), {findings.Problems.Count} problem(s).");
        });
        return findings.Problems.Count == 0 ? ExitCodes.Good : ExitCodes.CheckFailed;
    }
}
