using System.CommandLine;
using McpSecureGen.Cli.Roles;

namespace McpSecureGen.Cli.Commands.Roles;

/// <summary>Where roles are read from: options of both role commands.</summary>
internal sealed class RoleSources
{
    private readonly Option<string> _config = ServerOptions.Config();
    private readonly Option<string> _assembly = ServerOptions.Assembly();

    public RoleSources(Command command)
    {
        command.Add(_config);
        command.Add(_assembly);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_config) is null && result.GetResult(_assembly) is null)
            {
                result.AddError("Give --config, --assembly or both.");
            }
        });
    }

    public (AssemblyDeclarations Declared, Dictionary<string, string[]> Configured) Read(ParseResult parsed)
    {
        var options = ServerConfiguration.Options(ServerConfiguration.Read(parsed.GetValue(_config)));
        return (parsed.GetValue(_assembly) is { } path ? AssemblyDeclarations.Read(path) : AssemblyDeclarations.None, options.Roles);
    }
}
