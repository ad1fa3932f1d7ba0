using System.CommandLine;
using System.Diagnostics;
using McpSecureGen.Cli.Output;
using McpSecureGen.Hosting;

namespace McpSecureGen.Cli;

/// <summary>Gives a command its action: the one place where failures become messages and exit codes.</summary>
internal static class CommandRun
{
    /// <param name="command">The command.</param>
    /// <param name="terminal">Where it runs.</param>
    /// <param name="run">What it does; returns the exit code.</param>
    public static void Runs(this Command command, Terminal terminal, Func<ParseResult, IOutput, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = CommandOutput.For(terminal, parsed.GetValue(CommonOptions.Json));
            try
            {
                return await run(parsed, output, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The boundary of the program: whatever happened becomes a message without a stack trace.
            catch (Exception error)
#pragma warning restore CA1031
            {
                var (exitCode, message) = Explain(error);
                output.Fail(exitCode, message);
                if (exitCode == ExitCodes.Internal && parsed.GetValue(CommonOptions.Verbose))
                {
                    output.Status(Places(error));
                }

                return exitCode;
            }
        });

    /// <inheritdoc cref="Runs(Command, Terminal, Func{ParseResult, IOutput, CancellationToken, Task{int}})"/>
    public static void Runs(this Command command, Terminal terminal, Func<ParseResult, IOutput, int> run) =>
        command.Runs(terminal, (parsed, output, _) => Task.FromResult(run(parsed, output)));

    private static (int ExitCode, string Message) Explain(Exception error) => error switch
    {
        CliException known => (known.ExitCode, known.Message),
        McpSecurityConfigurationException configuration => (ExitCodes.ConfigurationOrFile, string.Join(' ', configuration.Problems)),
        OperationCanceledException => (ExitCodes.Cancelled, "Stopped before it was done."),
        UnauthorizedAccessException => (ExitCodes.ConfigurationOrFile, $"{error.Message} Check who owns the file and its folder."),
        IOException => (ExitCodes.ConfigurationOrFile, error.Message),

        // The message of an unforeseen exception may quote what was being worked on. Its type cannot.
        _ => (ExitCodes.Internal, $"mcpsec failed ({error.GetType().Name}). This is a fault of the program; run with --verbose and report it."),
    };

    /// <summary>Types and methods only: no messages and no values, which could hold a key or a token.</summary>
    private static string Places(Exception error)
    {
        var lines = new List<string>();
        for (var current = error; current is not null; current = current.InnerException)
        {
            lines.Add(current.GetType().FullName!);
            lines.AddRange(new StackTrace(current, fNeedFileInfo: false).GetFrames()
                .Select(frame => DiagnosticMethodInfo.Create(frame))
                .Select(method => $"  at {method?.DeclaringTypeName}.{method?.Name}"));
        }

        return string.Join('\n', lines);
    }
}
