using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Tokens;

namespace McpSecureGen.Cli.Commands.Token;

/// <summary><c>mcpsec token issue</c>.</summary>
internal sealed class IssueTokenCommand : Command
{
    private readonly Terminal _terminal;
    private readonly RequestOptions _request;
    private readonly Option<string> _out = new("--out")
    {
        Description = "Write the token to this file, readable by its owner only.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _stdout = new("--stdout")
    {
        Description = "Write the token to standard output even where that is a terminal, which keeps what it shows.",
    };

    public IssueTokenCommand(Terminal terminal)
        : base("issue", "Sign an access token.")
    {
        _terminal = terminal;
        _request = new(this, TimeSpan.FromSeconds(1));
        Add(_out);
        Add(_stdout);
        Validators.Add(result =>
        {
            if (result.GetValue(_stdout) && result.GetValue(_out) is not null)
            {
                result.AddError("Give either --out or --stdout.");
            }
        });
        this.Runs(terminal, Run);
    }

    private int Run(ParseResult parsed, IOutput output)
    {
        var file = parsed.GetValue(_out);
        if (file is null && _terminal.IsOutShown && !parsed.GetValue(_stdout))
        {
            throw CliException.Usage(
                "Standard output is a terminal, which keeps what it shows. Give --out FILE, redirect standard output, or insist with --stdout.");
        }

        var request = _request.Read(parsed, output);
        using var keys = _request.Keys(parsed).Load();
        var token = TokenMinter.Mint(request, keys.Signing, _terminal.Time.GetUtcNow());
        var document = Document(token, request);
        if (file is null)
        {
            document["token"] = token.Text;
            output.Answer(document, console => console.Line(token.Text));
            return ExitCodes.Good;
        }

        TokenFile.Write(file, token);
        document["file"] = Path.GetFullPath(file);
        output.Answer(document, console => Facts.Show(
            console,
            [
                ("token", Path.GetFullPath(file)),
                ("jti", token.Id),
                ("signed with", keys.Signing.ToString()),
                ("expires", $"{Times.Utc(token.ExpiresAt)}, {Times.Relative(token.ExpiresAt, _terminal.Time.GetUtcNow())}"),
            ]));
        return ExitCodes.Good;
    }

    private static JsonObject Document(IssuedToken token, TokenRequest request) => new()
    {
        ["jti"] = token.Id,
        ["kid"] = token.KeyId,
        ["subject"] = request.Subject,
        ["issuedAt"] = Times.Utc(token.IssuedAt),
        ["expiresAt"] = Times.Utc(token.ExpiresAt),
    };
}
