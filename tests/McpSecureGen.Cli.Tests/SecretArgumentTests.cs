using McpSecureGen.Cli.Tests.Support;

namespace McpSecureGen.Cli.Tests;

public sealed class SecretArgumentTests : IDisposable
{
    private const string Token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("token", "inspect", Token)]
    [InlineData("token", "inspect", "--file", Token)]
    [InlineData("token", "inspect", "--file=" + Token)]
    [InlineData("token", "inspect", "Bearer " + Token)]
    [InlineData("token", "inspect", "--json", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")]
    [InlineData("--help", Token)]
    [InlineData("nonsense", "xeyJ" + Token)]
    [InlineData("token", "issue", "--dpop-jwk", """{"kty":"EC","d":"c2VjcmV0LXNlY3JldA"}""")]
    [InlineData("token", "issue", "--keys", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXNlY3JldA")]
    public async Task Given_a_secret_on_the_command_line_when_run_then_it_is_refused_and_not_repeated(params string[] args)
    {
        var run = await _bench.Run(args);

        run.Expect(ExitCodes.Usage);
        Assert.DoesNotContain("eyJ", run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains("history", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("eyJ.token")]
    [InlineData("folder.eyJx/key")]
    public async Task Given_a_name_that_only_resembles_one_when_run_then_it_is_used(string file)
    {
        var run = await _bench.Run("token", "inspect", "--file", file);

        run.Expect(ExitCodes.ConfigurationOrFile);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_response_file_when_run_then_it_is_not_read()
    {
        var file = _bench.Write("arguments", $"token inspect --file {Token}");

        var run = await _bench.Run("@" + file);

        run.Expect(ExitCodes.Usage);
        Assert.DoesNotContain("eyJ", run.Out + run.Error, StringComparison.Ordinal);
    }
}
