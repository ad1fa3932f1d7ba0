using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Roles;
using McpSecureGen.Cli.Tokens;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Token;

/// <summary><c>mcpsec token inspect</c>: what a token says and, with the settings of a server, whether it would be accepted.</summary>
internal sealed class InspectTokenCommand : Command
{
    private readonly Terminal _terminal;
    private readonly Option<string> _file = new("--file") { Description = "The file with the token. Default: standard input.", HelpName = "FILE" };
    private readonly Option<string> _keySet = new("--jwks") { Description = "The key set to verify with.", HelpName = "FILE" };
    private readonly Option<string> _issuer = new("--issuer") { Description = "The issuer that the server accepts.", HelpName = "TEXT" };
    private readonly Option<string> _audience = new("--audience") { Description = "The server's audience.", HelpName = "TEXT" };
    private readonly Option<string> _config = ServerOptions.Config();
    private readonly Option<string> _assembly = ServerOptions.Assembly();
    private readonly Option<TimeSpan> _maxLifetime = DurationOption.Create(
        "--max-lifetime",
        "The longest lifetime that the server accepts. Default: 5m.",
        new AuthenticationOptions().MaxTokenLifetime,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromHours(24));

    public InspectTokenCommand(Terminal terminal)
        : base("inspect", "Show a token. With --jwks, --issuer and --audience, or with --config: whether a server accepts it.")
    {
        _terminal = terminal;
        foreach (var option in (ReadOnlySpan<Option>)[_file, _keySet, _issuer, _audience, _maxLifetime, _config, _assembly])
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            var given = new[] { _keySet, _issuer, _audience }.Count(option => result.GetResult(option) is not null);
            if (given is 1 or 2)
            {
                result.AddError("For a verdict give --jwks, --issuer and --audience, all three, or --config.");
            }
            else if (given == 3 && result.GetResult(_config) is not null)
            {
                result.AddError("Give either --config, or --jwks, --issuer and --audience.");
            }
        });
        this.Runs(terminal, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, IOutput output, CancellationToken cancellationToken)
    {
        await using var verifier = VerifierFrom(parsed);
        var token = await TokenInput.ReadAsync(parsed.GetValue(_file), _terminal, cancellationToken).ConfigureAwait(false);
        var content = CompactToken.TryRead(token);

        // A proof is made for each request and not part of the token; the question here is whether the token is good in the hands of its client.
        var proofKey = content is null ? null : BoundKey(content.Payload);
        AuthenticationResult? verdict = verifier is not null
            ? await verifier.JudgeAsync(token, proofKey, cancellationToken).ConfigureAwait(false)
            : content is null ? AuthenticationResult.Refused(AuthenticationFailure.Malformed) : null;

        var document = new JsonObject
        {
            ["header"] = content is null ? null : JsonNode.Parse(content.Header.GetRawText()),
            ["claims"] = content is null ? null : JsonNode.Parse(content.Payload.GetRawText()),
            ["times"] = content is null ? null : TokenTimes.Document(content.Payload, _terminal.Time.GetUtcNow()),
            ["verdict"] = verdict is { } judged ? VerdictDocument(judged, proofKey) : null,
        };
        output.Answer(document, console => Show(console, content, verdict, proofKey));
        return verdict is { Succeeded: false } ? ExitCodes.CheckFailed : ExitCodes.Good;
    }

    private Verifier? VerifierFrom(ParseResult parsed)
    {
        var declarations = parsed.GetValue(_assembly) is { } assembly ? AssemblyDeclarations.Read(assembly) : AssemblyDeclarations.None;
        if (parsed.GetValue(_config) is { } config)
        {
            var configuration = ServerConfiguration.Read(config);
            var store = RevocationStore.IsConfigured(configuration) ? RevocationStore.Open(configuration, _terminal.Time) : null;
            return new(ServerConfiguration.Options(configuration), declarations, store, _terminal.Time);
        }

        if (parsed.GetValue(_keySet) is not { } keySet)
        {
            return null;
        }

        var options = new McpSecurityOptions
        {
            Authentication =
            {
                KeyFile = keySet,
                Issuer = parsed.GetValue(_issuer),
                Audience = parsed.GetValue(_audience),
                MaxTokenLifetime = parsed.GetValue(_maxLifetime),
            },
        };
        return new(options, declarations, null, _terminal.Time);
    }

    /// <summary>The key that the token is bound to (RFC 9449, section 6.1).</summary>
    private static string? BoundKey(JsonElement claims) =>
        claims.TryGetProperty("cnf", out var bound)
        && bound.ValueKind == JsonValueKind.Object
        && bound.TryGetProperty("jkt", out var thumbprint)
        && thumbprint.ValueKind == JsonValueKind.String
            ? thumbprint.GetString()
            : null;

    private static JsonObject VerdictDocument(AuthenticationResult verdict, string? proofKey) => new()
    {
        ["accepted"] = verdict.Succeeded,
        ["failure"] = verdict.Succeeded ? null : verdict.Failure.ToString(),
        ["onlyWithProofOfKey"] = verdict.Succeeded ? proofKey : null,
        ["explanation"] = verdict.Succeeded ? null : FailureRemedies.For(verdict.Failure),
    };

    private void Show(IAnsiConsole console, CompactToken? content, AuthenticationResult? verdict, string? proofKey)
    {
        if (content is not null)
        {
            var now = _terminal.Time.GetUtcNow();
            console.Line("Header");
            Facts.Show(console, content.Header.EnumerateObject().Select(member => ("  " + member.Name, TokenTimes.Value(member, now))));
            console.Line("Claims");
            Facts.Show(console, content.Payload.EnumerateObject().Select(member => ("  " + member.Name, TokenTimes.Value(member, now))));
        }

        console.Line(verdict switch
        {
            null => "Not judged: give --jwks, --issuer and --audience, or --config, for a verdict.",
            { Succeeded: true } when proofKey is not null => $"Accepted, with a proof of the key {proofKey} in each request only.",
            { Succeeded: true } => "Accepted.",
            { } refused => $"Not accepted: {refused.Failure}. {FailureRemedies.For(refused.Failure)}",
        });
    }
}
