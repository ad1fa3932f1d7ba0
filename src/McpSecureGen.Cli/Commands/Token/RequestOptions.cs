using System.CommandLine;
using McpSecureGen.Cli.Commands.Keys;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Roles;
using McpSecureGen.Cli.Tokens;

namespace McpSecureGen.Cli.Commands.Token;

/// <summary>The options that say what a token is to say: of <c>issue</c> and <c>watch</c>.</summary>
internal sealed class RequestOptions
{
    /// <summary>What servers accept unless <c>McpSecurity:Authentication:MaxTokenLifetime</c> says more.</summary>
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromMinutes(5);

    private readonly Option<string> _keys = KeyOptions.Keys();
    private readonly Option<string> _issuer = Text("--issuer", "The token's iss: McpSecurity:Authentication:Issuer of the server.", "TEXT", required: true);
    private readonly Option<string> _audience =
        Text("--audience", "The token's aud: McpSecurity:Authentication:Audience of the server.", "TEXT", required: true);

    private readonly Option<string> _subject = Text("--subject", "The token's sub: who calls.", "TEXT", required: true);
    private readonly Option<string[]> _scopes = new("--scope")
    {
        Description = "A capability, or namespace/capability. Repeat for several.",
        HelpName = "SCOPE",
    };

    private readonly Option<string[]> _roles = new("--role") { Description = "A role of the server. Repeat for several.", HelpName = "ROLE" };
    private readonly Option<string> _client = Text("--client", "The token's client_id: through which client.", "TEXT", required: false);
    private readonly Option<string> _proofKey = new("--dpop-jwk")
    {
        Description = "The client's public key (JSON Web Key). Only who proves to hold its private half can use the token (RFC 9449).",
        HelpName = "FILE",
    };

    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse scopes that are no known capability, instead of warning." };
    private readonly Option<string> _assembly = ServerOptions.Assembly();
    private readonly Option<TimeSpan> _lifetime;

    public RequestOptions(Command command, TimeSpan leastLifetime)
    {
        _lifetime = DurationOption.Create(
            "--lifetime",
            "How long the token is valid, at most 24h. Default: 5m, which is also the most that servers accept unless configured.",
            UsualLifetime,
            leastLifetime,
            TimeSpan.FromHours(24));
        foreach (var option in (ReadOnlySpan<Option>)[_keys, _issuer, _audience, _subject, _scopes, _roles, _client, _lifetime, _proofKey, _assembly, _strict])
        {
            command.Add(option);
        }

        _scopes.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (ScopeCheck.SyntaxProblem(token.Value) is { } problem)
                {
                    result.AddError(problem);
                }
            }
        });
        foreach (var option in (ReadOnlySpan<Option>)[_issuer, _audience, _subject, _roles, _client])
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                {
                    result.AddError($"{option.Name} is empty.");
                }
            });
        }
    }

    public KeyStore Keys(ParseResult parsed) => KeyStore.At(parsed.GetRequiredValue(_keys));

    /// <summary>Reads and checks what the options say; warns of what a server will not honour.</summary>
    public TokenRequest Read(ParseResult parsed, IOutput output)
    {
        var scopes = parsed.GetValue(_scopes) ?? [];
        var roles = parsed.GetValue(_roles) ?? [];
        CheckScopes(parsed, scopes, output);
        if (scopes.Length == 0 && roles.Length == 0)
        {
            output.Warn("The token has neither a scope nor a role: it proves who calls and grants nothing. Add --scope or --role.");
        }

        var lifetime = parsed.GetValue(_lifetime);
        if (lifetime > UsualLifetime)
        {
            output.Warn(
                $"Servers refuse a lifetime of {Times.InWords(lifetime)} unless their McpSecurity:Authentication:MaxTokenLifetime allows it (default 5 minutes).");
        }

        return new(
            parsed.GetRequiredValue(_issuer),
            parsed.GetRequiredValue(_audience),
            parsed.GetRequiredValue(_subject),
            parsed.GetValue(_client),
            scopes,
            roles,
            lifetime,
            parsed.GetValue(_proofKey) is { } file ? ProofKey.Thumbprint(file) : null);
    }

    private void CheckScopes(ParseResult parsed, string[] scopes, IOutput output)
    {
        var declared = parsed.GetValue(_assembly) is { } path ? AssemblyDeclarations.Read(path) : AssemblyDeclarations.None;
        var server = ServerVocabulary.Of(declared);
        var problems = ScopeCheck.Unknown(scopes, server.Vocabulary, server.Names).ToList();
        if (problems.Count > 0 && parsed.GetValue(_strict))
        {
            throw CliException.Usage($"{string.Join(' ', problems)} No token was issued (--strict).");
        }

        problems.ForEach(output.Warn);
    }

    private static Option<string> Text(string name, string description, string helpName, bool required) =>
        new(name) { Description = description, HelpName = helpName, Required = required };
}
