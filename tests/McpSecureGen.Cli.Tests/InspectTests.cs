using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Tests.Support;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly Bench _bench = new();

    private string[] Server => ["--jwks", _bench.PublicFile, "--issuer", Bench.Issuer, "--audience", Bench.Audience];

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Given_a_good_token_when_inspected_then_it_is_shown_and_accepted()
    {
        await _bench.NewKeys();
        var token = await _bench.Issue();

        var run = (await Inspect(token, Server)).Expect(ExitCodes.Good);

        Assert.Contains("Accepted.", run.Out, StringComparison.Ordinal);
        Assert.Contains("alice", run.Out, StringComparison.Ordinal);
        Assert.Contains("in 5 minutes", run.Out, StringComparison.Ordinal);
        var json = (await Inspect(token, [.. Server, "--json"])).Expect(ExitCodes.Good).Json;
        Assert.True(json["verdict"]!["accepted"]!.GetValue<bool>());
        Assert.Equal("read:files", json["claims"]!["scope"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("--audience", "https://mcp.example/", nameof(AuthenticationFailure.WrongAudience))]
    [InlineData("--issuer", "https://issuer.example/", nameof(AuthenticationFailure.WrongIssuer))]
    public async Task Given_another_server_when_inspected_then_the_failure_is_named(string option, string value, string failure)
    {
        await _bench.NewKeys();
        var token = await _bench.Issue();
        string[] server = [.. Server];
        server[Array.IndexOf(server, option) + 1] = value;

        await AssertRefused(token, server, failure);
    }

    [Fact]
    public async Task Given_tokens_wrong_in_time_key_or_signature_when_inspected_then_the_failure_is_named()
    {
        await _bench.NewKeys();
        var token = await _bench.Issue();
        var parts = token.Split('.');
        var forged = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        forged["sub"] = "mallory";
        await AssertRefused($"{parts[0]}.{Segment(forged)}.{parts[2]}", Server, nameof(AuthenticationFailure.BadSignature));
        await AssertRefused(
            $"{Segment(new JsonObject { ["alg"] = "none", ["typ"] = "at+jwt" })}.{parts[1]}.{parts[2]}", Server, nameof(AuthenticationFailure.UnknownKey));
        await AssertRefused(await _bench.Issue("--lifetime", "6m"), Server, nameof(AuthenticationFailure.LifetimeTooLong));
        (await Inspect(await _bench.Issue("--lifetime", "6m"), [.. Server, "--max-lifetime", "6m"])).Expect(ExitCodes.Good);

        _bench.Time.Advance(TimeSpan.FromMinutes(-1));
        await AssertRefused(token, Server, nameof(AuthenticationFailure.NotYetValid));
        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        await AssertRefused(token, Server, nameof(AuthenticationFailure.Expired));
        Assert.Contains("4 minutes ago", (await Inspect(token, Server)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_token_bound_to_a_key_when_inspected_then_the_verdict_says_so()
    {
        await _bench.NewKeys();
        (await _bench.Run("keys", "new", "--out", _bench.PathOf("client"))).Expect(ExitCodes.Good);
        var token = await _bench.Issue("--dpop-jwk", _bench.PathOf("client", "jwks.json"));

        Assert.Contains("with a proof of the key", (await Inspect(token, Server)).Expect(ExitCodes.Good).Out, StringComparison.Ordinal);
        Assert.NotNull((await Inspect(token, [.. Server, "--json"])).Json["verdict"]!["onlyWithProofOfKey"]);
        Assert.Equal(AuthenticationFailure.ProofRequired, _bench.Judge(token).Failure);
        Assert.Null((await Inspect(await _bench.Issue(), [.. Server, "--json"])).Json["verdict"]!["onlyWithProofOfKey"]);
    }

    [Fact]
    public async Task Given_the_settings_of_a_server_when_inspected_then_they_decide()
    {
        await _bench.NewKeys();
        var settings = _bench.Write("appsettings.json", new JsonObject
        {
            ["McpSecurity"] = new JsonObject
            {
                ["Authentication"] = new JsonObject { ["Issuer"] = Bench.Issuer, ["Audience"] = Bench.Audience, ["KeyFile"] = _bench.PublicFile },
            },
        }.ToJsonString());

        (await Inspect(await _bench.Issue(), ["--config", settings])).Expect(ExitCodes.Good);
        await AssertRefused(await _bench.Issue("--lifetime", "6m"), ["--config", settings], nameof(AuthenticationFailure.LifetimeTooLong));
    }

    [Fact]
    public async Task Given_no_server_when_inspected_then_a_token_is_shown_without_a_verdict()
    {
        await _bench.NewKeys();
        var run = (await Inspect(await _bench.Issue(), ["--json"])).Expect(ExitCodes.Good);

        Assert.Null(run.Json["verdict"]);
        Assert.Equal("alice", run.Json["claims"]!["sub"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30")]
    public async Task Given_something_else_when_inspected_then_it_is_malformed(string text)
    {
        var run = await Inspect(text, ["--json"]);

        run.Expect(ExitCodes.CheckFailed);
        Assert.Equal(nameof(AuthenticationFailure.Malformed), run.Json["verdict"]!["failure"]!.GetValue<string>());
    }

    [Fact]
    public async Task Given_claims_that_would_repaint_the_terminal_when_inspected_then_they_are_escaped()
    {
        var claims = new JsonObject { ["sub"] = "a\u001b[2Jb\u202Ec\u200Bd\ne", ["\u001b]0;x\u0007"] = new JsonArray("\u009b") };
        var token = $"{Segment(new JsonObject { ["alg"] = "ES256" })}.{Segment(claims)}.AAAA";

        foreach (var more in (string[][])[[], ["--json"]])
        {
            var run = (await Inspect(token, more)).Expect(ExitCodes.Good);
            Assert.DoesNotContain(run.Out + run.Error, character => character != '\n' && char.IsControl(character));
            Assert.DoesNotContain(run.Out + run.Error, character => character is '\u202E' or '\u200B');
        }

        Assert.Contains(@"a\u{001B}[2Jb\u{202E}c\u{200B}d\u{000A}e", (await Inspect(token, [])).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_usable_input_when_inspected_then_it_says_so()
    {
        (await Inspect("", [])).Expect(ExitCodes.ConfigurationOrFile);
        (await Inspect(new string('a', 100_000), [])).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run("token", "inspect", "--file", _bench.PathOf("absent"))).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run(["token", "inspect"], "", isOutShown: true, CancellationToken.None, isInTyped: true)).Expect(ExitCodes.Usage);
        (await _bench.Run("token", "inspect", "--issuer", "x")).Expect(ExitCodes.Usage);
        (await Inspect("x", ["--jwks", _bench.PathOf("absent"), "--issuer", "x", "--audience", "y"])).Expect(ExitCodes.ConfigurationOrFile);
    }

    [Fact]
    public async Task Given_a_file_when_inspected_then_white_space_around_the_token_does_not_count()
    {
        await _bench.NewKeys();
        var file = _bench.Write("token", await _bench.Issue() + "\r\n");

        (await _bench.Run(["token", "inspect", "--file", file, .. Server])).Expect(ExitCodes.Good);
    }

    private static string Segment(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private async Task AssertRefused(string token, string[] server, string failure)
    {
        var run = await Inspect(token, [.. server, "--json"]);
        run.Expect(ExitCodes.CheckFailed);
        Assert.Equal(failure, run.Json["verdict"]!["failure"]!.GetValue<string>());
        Assert.Contains($"Not accepted: {failure}.", (await Inspect(token, server)).Out, StringComparison.Ordinal);
    }

    private Task<CliRun> Inspect(string token, string[] more) =>
        _bench.Run(["token", "inspect", .. more], token, isOutShown: false, CancellationToken.None);
}
