using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Tests.Support;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tests;

public sealed class IssueTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("ES256", "jwks.json")]
    [InlineData("RS256", "jwks.json")]
    [InlineData("PS256", "jwks.json")]
    [InlineData("HS256", "shared-keys.json")]
    public async Task Given_keys_when_a_token_is_issued_then_a_server_accepts_it_with_what_it_says(string algorithm, string set)
    {
        await _bench.NewKeys(algorithm);
        var token = await _bench.Issue("--scope", "files/write:files", "--role", "auditor", "--client", "desk");

        var verdict = _bench.Judge(token, _bench.PathOf("keys", set));

        Assert.True(verdict.Succeeded, verdict.Failure.ToString());
        Assert.Equal(("alice", "desk"), (verdict.Caller.Subject, verdict.Caller.ClientId));
        Assert.Equal(["auditor"], verdict.Caller.Roles);
        Assert.Equal(_bench.Time.GetUtcNow().AddMinutes(5), verdict.Caller.ExpiresAt);
        var content = CompactToken.TryRead(token)!;
        Assert.Equal("at+jwt", content.Header.GetProperty("typ").GetString());
        Assert.Equal("read:files files/write:files", content.Payload.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Given_a_token_file_when_it_is_written_again_then_it_is_replaced_and_the_owners()
    {
        await _bench.NewKeys();
        var file = _bench.PathOf("token");
        string[] issue = ["token", "issue", "--keys", _bench.Keys, "--out", file, .. Bench.Request()];
        (await _bench.Run(issue)).Expect(ExitCodes.Good);
        var first = await File.ReadAllTextAsync(file);
        (await _bench.Run(issue)).Expect(ExitCodes.Good);

        Assert.NotEqual(first, await File.ReadAllTextAsync(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnlyFile.Mode, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Given_a_file_with_something_else_when_a_token_is_to_go_there_then_the_file_stays()
    {
        await _bench.NewKeys();
        var before = await File.ReadAllTextAsync(_bench.PrivateFile);

        (await _bench.Run(["token", "issue", "--keys", _bench.Keys, "--out", _bench.PrivateFile, .. Bench.Request()])).Expect(ExitCodes.ConfigurationOrFile);

        Assert.Equal(before, await File.ReadAllTextAsync(_bench.PrivateFile));
    }

    [Fact]
    public async Task Given_no_file_when_standard_output_is_redirected_then_the_token_alone_goes_there()
    {
        await _bench.NewKeys();
        var plain = (await _bench.Run(["token", "issue", "--keys", _bench.Keys, .. Bench.Request()])).Expect(ExitCodes.Good);
        Assert.True(_bench.Judge(_bench.TokenOf(plain, plain.Out.TrimEnd())).Succeeded);

        var json = (await _bench.Run(["token", "issue", "--keys", _bench.Keys, "--json", .. Bench.Request()])).Expect(ExitCodes.Good);
        Assert.True(_bench.Judge(_bench.TokenOf(json, json.Json["token"]!.GetValue<string>())).Succeeded);
    }

    [Fact]
    public async Task Given_a_terminal_when_no_file_is_named_then_the_token_is_shown_only_on_request()
    {
        await _bench.NewKeys();
        string[] issue = ["token", "issue", "--keys", _bench.Keys, .. Bench.Request()];

        var refused = (await _bench.RunAtTerminal(issue)).Expect(ExitCodes.Usage);
        Assert.Empty(refused.Out);
        (await _bench.RunAtTerminal([.. issue, "--json"])).Expect(ExitCodes.Usage);

        var shown = (await _bench.RunAtTerminal([.. issue, "--stdout"])).Expect(ExitCodes.Good);
        Assert.True(_bench.Judge(_bench.TokenOf(shown, shown.Out.TrimEnd())).Succeeded);
    }

    [Fact]
    public async Task Given_an_unknown_scope_when_a_token_is_issued_then_it_is_warned_of_and_refused_when_strict()
    {
        await _bench.NewKeys();
        var file = _bench.PathOf("token");
        string[] issue = ["token", "issue", "--keys", _bench.Keys, "--out", file, .. Bench.Request("--scope", "raed:files")];

        var strict = (await _bench.Run([.. issue, "--strict"])).Expect(ExitCodes.Usage);
        Assert.Contains("Did you mean 'read:files'?", strict.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));

        var warned = (await _bench.Run([.. issue, "--json"])).Expect(ExitCodes.Good);
        Assert.Contains("raed:files", warned.Json["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Given_a_scope_that_the_server_defines_when_its_assembly_is_named_then_the_scope_is_known()
    {
        await _bench.NewKeys();
        var server = ServerAssembly.Write(_bench.Folder, "Server", capabilities: ["purge:files"]);
        string[] issue = ["token", "issue", "--keys", _bench.Keys, "--out", _bench.PathOf("token"), "--strict", .. Bench.Request("--scope", "purge:files")];

        (await _bench.Run(issue)).Expect(ExitCodes.Usage);
        (await _bench.Run([.. issue, "--assembly", server])).Expect(ExitCodes.Good);
    }

    [Theory]
    [InlineData("--lifetime", "25h")]
    [InlineData("--lifetime", "0s")]
    [InlineData("--lifetime", "5")]
    [InlineData("--lifetime", "99999999999999999999h")]
    [InlineData("--scope", "read:files write:files")]
    [InlineData("--scope", "")]
    [InlineData("--role", " ")]
    public async Task Given_a_value_out_of_range_when_a_token_is_issued_then_it_is_a_usage_error_and_nothing_is_written(string option, string value)
    {
        await _bench.NewKeys();
        var file = _bench.PathOf("token");

        (await _bench.Run(["token", "issue", "--keys", _bench.Keys, "--out", file, .. Bench.Request(option, value)])).Expect(ExitCodes.Usage);

        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("2m", 120)]
    [InlineData("00:03:00", 180)]
    public async Task Given_a_lifetime_when_a_token_is_issued_then_it_ends_then(string lifetime, int seconds)
    {
        await _bench.NewKeys();

        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(seconds), _bench.Judge(await _bench.Issue("--lifetime", lifetime)).Caller!.ExpiresAt);
    }

    [Fact]
    public async Task Given_the_public_key_of_a_client_when_a_token_is_issued_then_it_is_bound_to_it()
    {
        await _bench.NewKeys();
        (await _bench.Run("keys", "new", "--out", _bench.PathOf("client"))).Expect(ExitCodes.Good);
        var thumbprint = (await _bench.Run("keys", "show", "--keys", _bench.PathOf("client"), "--json")).Json["keys"]![0]!["thumbprint"]!.GetValue<string>();

        var token = await _bench.Issue("--dpop-jwk", _bench.PathOf("client", "jwks.json"));
        Assert.Equal(thumbprint, CompactToken.TryRead(token)!.Payload.GetProperty("cnf").GetProperty("jkt").GetString());

        string[] issue = ["token", "issue", "--keys", _bench.Keys, .. Bench.Request()];
        (await _bench.Run([.. issue, "--dpop-jwk", _bench.PathOf("client", "signing-keys.json")])).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run([.. issue, "--dpop-jwk", _bench.Write("odd", "{}")])).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run([.. issue, "--dpop-jwk", _bench.PathOf("absent")])).Expect(ExitCodes.ConfigurationOrFile);
    }
}
