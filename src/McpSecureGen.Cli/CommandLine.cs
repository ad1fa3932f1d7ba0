using System.CommandLine;
using McpSecureGen.Cli.Commands.Keys;
using McpSecureGen.Cli.Commands.Roles;
using McpSecureGen.Cli.Commands.Token;
using McpSecureGen.Cli.Output;

namespace McpSecureGen.Cli;

/// <summary>The command <c>mcpsec</c>: from arguments to an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command. Never throws.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        // First of all, because everything after it may repeat an argument.
        if (SecretArgument.Find(args) is { } refusal)
        {
            return Reject(refusal, args, terminal);
        }

        var root = Root(terminal);

        // No response files: "@file" would read arguments that the check above has not seen.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var asksForHelp = parsed.Action is System.CommandLine.Help.HelpAction;
        if (parsed.Errors.Count > 0 && !asksForHelp)
        {
            // Some of the library's messages are lists over several lines.
            var what = string.Join(' ', parsed.Errors.SelectMany(error => error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            return Reject($"{what} See: {CommandName(parsed)} --help", args, terminal);
        }

        var settings = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,

            // Signals are the program's (Program.cs), so that a test can cancel a run without one.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(settings, cancellationToken).ConfigureAwait(false);
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Keys, tokens and roles for MCP servers secured by McpSecureGen.")
        {
            new KeysCommand(terminal),
            new TokenCommand(terminal),
            new RolesCommand(terminal),
        };
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.Verbose);
        return root;
    }

    private static int Reject(string message, string[] args, Terminal terminal)
    {
        var asJson = args.Contains(CommonOptions.Json.Name, StringComparer.Ordinal);
        CommandOutput.For(terminal, asJson).Fail(ExitCodes.Usage, message);
        return ExitCodes.Usage;
    }

    private static string CommandName(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? "mcpsec" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
