using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Tokens;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Token;

/// <summary><c>mcpsec token watch</c>: keeps a token file fresh for a stdio server (<c>MCP_ACCESS_TOKEN_FILE</c>) until it is stopped.</summary>
internal sealed class WatchTokenCommand : Command
{
    private readonly Terminal _terminal;
    private readonly RequestOptions _request;
    private readonly Option<string> _out = new("--out")
    {
        Description = "The token file, readable by its owner only, replaced in one step each time.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the token file in place at the end." };

    public WatchTokenCommand(Terminal terminal)
        : base("watch", "Keep a token file fresh until stopped by SIGINT or SIGTERM; then remove it.")
    {
        _terminal = terminal;
        _request = new(this, TimeSpan.FromSeconds(5));
        Add(_out);
        Add(_keep);
        this.Runs(terminal, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, IOutput output, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(_out));
        var watch = new TokenWatch(_request.Keys(parsed), _request.Read(parsed, output), file, _terminal.Time, output.Status);
        var removed = false;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(watch.Step(), _terminal.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The ordinary end of this command.
        }
        finally
        {
            removed = !parsed.GetValue(_keep) && watch.Remove();
        }

        var document = new JsonObject
        {
            ["file"] = file,
            ["issued"] = watch.Issued,
            ["removed"] = removed,
            ["lastJti"] = watch.Current?.Id,
            ["lastExpiresAt"] = watch.Current is { } last ? Times.Utc(last.ExpiresAt) : null,
        };
        output.Answer(document, console =>
            console.Line($"{watch.Issued} token(s) issued; the token file was {(removed ? "removed" : "left in place")}."));
        return ExitCodes.Good;
    }
}
