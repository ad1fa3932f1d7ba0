using System.CommandLine;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Tokens;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Commands.Token;

/// <summary><c>mcpsec token revoke</c>: ends a token, or all tokens of a subject issued until now, at every server that shares the store.</summary>
internal sealed class RevokeTokenCommand : Command
{
    /// <summary>No server accepts a token that lives longer than a day, nor a clock that is off by more than half a minute.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(25);

    private readonly Terminal _terminal;
    private readonly Option<string> _file = new("--file") { Description = "Revoke the token in this file by its own iss and jti.", HelpName = "FILE" };
    private readonly Option<string> _id = new("--jti") { Description = "Revoke the token with this jti, as the audit log names it.", HelpName = "TEXT" };
    private readonly Option<string> _subject = new("--subject") { Description = "Revoke all tokens of this sub issued until now.", HelpName = "TEXT" };
    private readonly Option<string> _issuer = new("--issuer") { Description = "The iss of the tokens; with --jti and --subject.", HelpName = "TEXT" };
    private readonly Option<DateTimeOffset?> _expires = new("--expires")
    {
        Description = "With --jti: the token's exp, as 2026-11-23T22:59:45Z or in seconds since 1970. Default: a day from now, which no token outlives.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (TokenTimes.TryParse(result.Tokens[0].Value, out var time))
            {
                return time;
            }

            result.AddError("--expires is not a time. Write 2026-11-23T22:59:45Z, or seconds since 1970.");
            return null;
        },
    };

    private readonly Option<string> _config = ServerOptions.Config();

    public RevokeTokenCommand(Terminal terminal)
        : base("revoke", $"End tokens before they expire. The store is {RevocationStore.Setting} of the settings or the environment.")
    {
        _terminal = terminal;
        foreach (var option in (ReadOnlySpan<Option>)[_file, _id, _subject, _issuer, _expires, _config])
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (new Option[] { _file, _id, _subject }.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError("Give exactly one of --file, --jti and --subject.");
            }
            else if ((result.GetResult(_file) is null) != (result.GetResult(_issuer) is not null))
            {
                result.AddError("Give --issuer with --jti and --subject, and leave it out with --file: the token names its own.");
            }
            else if (result.GetResult(_expires) is not null && result.GetResult(_id) is null)
            {
                result.AddError("--expires belongs to --jti.");
            }
        });
        foreach (var option in (ReadOnlySpan<Option<string>>)[_id, _subject, _issuer])
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                {
                    result.AddError($"{option.Name} is empty.");
                }
            });
        }

        this.Runs(terminal, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, IOutput output, CancellationToken cancellationToken)
    {
        var configuration = ServerConfiguration.Read(parsed.GetValue(_config));
        var servers = ServerConfiguration.Options(configuration).Authentication;
        var target = await TargetAsync(parsed, servers, cancellationToken).ConfigureAwait(false);
        WarnOfUnknownIssuer(servers, target.Issuer, output);

        await using var store = RevocationStore.Open(configuration, _terminal.Time);
        var now = _terminal.Time.GetUtcNow();
        await store.RunAsync(
            list => target.TokenId is { } id
                ? list.RevokeTokenAsync(target.Issuer, id, target.ExpiresAt, cancellationToken)
                : list.RevokeSubjectAsync(target.Issuer, target.Subject!, now, LongestLife, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        var document = new JsonObject
        {
            ["issuer"] = target.Issuer,
            ["jti"] = target.TokenId,
            ["subject"] = target.Subject,
            ["revokedUntil"] = target.TokenId is null ? Times.Utc(now) : null,
            ["expiresAt"] = target.TokenId is null ? null : Times.Utc(target.ExpiresAt),
        };
        output.Answer(document, console => console.Line(target.TokenId is { } id
            ? $"Token {id} of {target.Issuer} is revoked."
            : $"All tokens of {target.Subject} of {target.Issuer} issued until {Times.Utc(now)} are revoked."));
        return ExitCodes.Good;
    }

    private async Task<RevocationTarget> TargetAsync(ParseResult parsed, AuthenticationOptions servers, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_file) is { } file)
        {
            return RevocationTarget.Of(await TokenInput.ReadAsync(file, _terminal, cancellationToken).ConfigureAwait(false), file, servers);
        }

        return new(
            parsed.GetRequiredValue(_issuer),
            parsed.GetValue(_id),
            parsed.GetValue(_subject),
            parsed.GetValue(_expires) ?? _terminal.Time.GetUtcNow() + LongestLife);
    }

    /// <summary>A slip in the issuer revokes nothing and looks like success.</summary>
    private static void WarnOfUnknownIssuer(AuthenticationOptions servers, string issuer, IOutput output)
    {
        string?[] known = [servers.Issuer, .. servers.Issuers.Select(entry => entry.Issuer)];
        if (known.Any(name => name is not null) && !known.Contains(issuer, StringComparer.Ordinal))
        {
            output.Warn($"Servers with these settings do not accept tokens of '{issuer}'; a revocation counts for exactly that issuer.");
        }
    }
}
