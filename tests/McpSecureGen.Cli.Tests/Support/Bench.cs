using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.Cli.Tests.Support;

/// <summary>A folder of its own, a clock, and every character that any command wrote: at the end, none of it may be a private number, a secret or a token.</summary>
internal sealed class Bench : IDisposable
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "https://mcp.example/files";

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "k"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-");
    private readonly StringBuilder _everything = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    public string Folder => _folder.FullName;

    public string Keys => PathOf("keys");

    public string PrivateFile => PathOf("keys", "signing-keys.json");

    public string PublicFile => PathOf("keys", "jwks.json");

    public ManualTime Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    public static string[] Request(params string[] more) =>
        ["--issuer", Issuer, "--audience", Audience, "--subject", "alice", "--scope", "read:files", .. more];

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    public Task<CliRun> Run(params string[] args) => Run(args, input: "", isOutShown: false, CancellationToken.None);

    public Task<CliRun> RunAtTerminal(params string[] args) => Run(args, input: "", isOutShown: true, CancellationToken.None);

    public async Task<CliRun> Run(string[] args, string input, bool isOutShown, CancellationToken cancellationToken, bool isInTyped = false)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            IsOutShown = isOutShown,
            IsInTyped = isInTyped,
            Time = Time,
        };
        var exitCode = await CommandLine.RunAsync(args, terminal, cancellationToken);
        CollectSecrets();
        _everything.Append(output).Append(error);
        return new(exitCode, output.ToString(), error.ToString());
    }

    public async Task NewKeys(string algorithm = "ES256") => (await Run("keys", "new", "--out", Keys, "--algorithm", algorithm)).Expect(0);

    /// <summary>A token by way of a file.</summary>
    public async Task<string> Issue(params string[] more)
    {
        var file = PathOf(Guid.NewGuid().ToString("N") + ".token");
        (await Run(["token", "issue", "--keys", Keys, "--out", file, .. Request(more)])).Expect(0);
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>The token that a run was asked to write to standard output, which from here on is not counted as a leak.</summary>
    public string TokenOf(CliRun run, string token)
    {
        Assert.Contains(token, run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(token, run.Error, StringComparison.Ordinal);
        _everything.Replace(token, "");
        return token;
    }

    /// <summary>The verdict of a server that has this key file.</summary>
    public AuthenticationResult Judge(string token, string? keyFile = null, Action<AuthenticationOptions>? change = null)
    {
        var options = new AuthenticationOptions { Issuer = Issuer, Audience = Audience, KeyFile = keyFile ?? PublicFile };
        change?.Invoke(options);
        var vocabulary = CapabilityVocabulary.Create([]);
        var roles = RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>());
        return new CallerAuthenticator(options, vocabulary, roles, Time).Authenticate(token, CallerSource.TokenFile);
    }

    /// <summary>The verdict of a server that shares this list of revoked tokens.</summary>
    public async Task<AuthenticationResult> JudgeAsync(string token, TokenRevocation list)
    {
        var options = new AuthenticationOptions { Issuer = Issuer, Audience = Audience, KeyFile = PublicFile, Revocation = { Timeout = TimeSpan.FromSeconds(1) } };
        var vocabulary = CapabilityVocabulary.Create([]);
        var roles = RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>());
        return await new CallerAuthenticator(options, vocabulary, roles, Time, list).AuthenticateAsync(token, CallerSource.TokenFile, CancellationToken.None);
    }

    public void Dispose()
    {
        CollectSecrets();
        var everything = _everything.ToString();
        try
        {
            Assert.DoesNotContain(_secrets, secret => everything.Contains(secret, StringComparison.Ordinal));
        }
        finally
        {
            _folder.Delete(recursive: true);
        }
    }

    /// <summary>Everything under the folder that must not be shown: private members of keys, and tokens.</summary>
    private void CollectSecrets()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length is > 0 and < 100_000))
        {
            var text = File.ReadAllText(file.FullName);
            if (CompactToken.TryRead(text.Trim()) is not null)
            {
                _secrets.Add(text.Trim());
            }
            else if (file.Extension == ".json" && TryParse(text) is { } json)
            {
                Collect(json);
            }
        }
    }

    private void Collect(JsonNode json)
    {
        foreach (var key in (json as JsonObject)?["keys"] as JsonArray ?? [])
        {
            foreach (var member in PrivateMembers)
            {
                if (key is JsonObject && key[member] is JsonValue value && value.TryGetValue<string>(out var secret) && secret.Length > 8)
                {
                    _secrets.Add(secret);
                }
            }
        }
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
