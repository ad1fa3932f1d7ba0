using System.Diagnostics;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Tests.Support;
using McpSecureGen.Cli.Tokens;

namespace McpSecureGen.Cli.Tests;

public sealed class WatchTests : IDisposable
{
    private readonly Bench _bench = new();
    private readonly List<string> _said = [];

    private string TokenPath => _bench.PathOf("run", "token");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Given_time_passing_when_watching_then_a_valid_token_younger_than_half_its_life_is_always_there()
    {
        var watch = await Start();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var end = _bench.Time.GetUtcNow().AddMinutes(30); _bench.Time.GetUtcNow() < end;)
        {
            var wait = watch.Step();
            Assert.InRange(wait, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));
            var token = await File.ReadAllTextAsync(TokenPath);
            var verdict = _bench.Judge(token);
            Assert.True(verdict.Succeeded);
            Assert.True(verdict.Caller.ExpiresAt - _bench.Time.GetUtcNow() > TimeSpan.FromMinutes(2.5));
            seen.Add(token);
            _bench.Time.Advance(wait);
        }

        Assert.Equal(15, seen.Count);
        Assert.Equal(15, watch.Issued);
        Assert.All(_said, line => Assert.Contains("next at", line, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnlyFile.Mode, File.GetUnixFileMode(TokenPath));
        }
    }

    [Fact]
    public async Task Given_a_rotation_that_ends_the_old_key_when_watching_then_the_next_look_writes_a_token_of_the_new_one()
    {
        var watch = await Start();
        watch.Step();
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, "--keep", "0s")).Expect(ExitCodes.Good);
        Assert.False(_bench.Judge(await File.ReadAllTextAsync(TokenPath)).Succeeded);

        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        watch.Step();

        Assert.True(_bench.Judge(await File.ReadAllTextAsync(TokenPath)).Succeeded);
        Assert.Equal(2, watch.Issued);
    }

    [Fact]
    public async Task Given_a_folder_that_cannot_be_written_when_watching_then_it_says_so_once_tries_again_and_recovers()
    {
        var watch = await Start();
        watch.Step();
        Directory.Move(_bench.PathOf("run"), _bench.PathOf("away"));
        _bench.Time.Advance(TimeSpan.FromMinutes(2));

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.InRange(watch.Step(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        }

        Assert.Equal(2, _said.Count);
        Assert.Contains("was not renewed", _said[1], StringComparison.Ordinal);
        Assert.Contains("ends in 3 minutes", _said[1], StringComparison.Ordinal);

        Directory.Move(_bench.PathOf("away"), _bench.PathOf("run"));
        watch.Step();
        Assert.Equal(2, watch.Issued);
        Assert.True(_bench.Judge(await File.ReadAllTextAsync(TokenPath)).Succeeded);
    }

    [Fact]
    public async Task Given_keys_that_cannot_be_read_for_a_while_when_watching_then_the_token_stays_and_renewal_resumes()
    {
        var watch = await Start();
        watch.Step();
        File.Move(_bench.PrivateFile, _bench.PrivateFile + ".away");
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        watch.Step();
        Assert.True(_bench.Judge(await File.ReadAllTextAsync(TokenPath)).Succeeded);

        File.Move(_bench.PrivateFile + ".away", _bench.PrivateFile);
        watch.Step();
        Assert.Equal(2, watch.Issued);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_a_stop_when_watching_then_the_token_file_goes_unless_kept(bool keep)
    {
        await _bench.NewKeys();
        using var stop = new CancellationTokenSource();
        var file = _bench.PathOf("token");
        string[] more = keep ? ["--keep"] : [];

        var running = _bench.Run(
            ["token", "watch", "--keys", _bench.Keys, "--out", file, "--json", .. Bench.Request(more)], "", isOutShown: false, stop.Token);
        await Until(() => File.Exists(file));
        await stop.CancelAsync();
        var run = (await running).Expect(ExitCodes.Good);

        Assert.Equal(keep, File.Exists(file));
        Assert.Equal(!keep, run.Json["removed"]!.GetValue<bool>());
        Assert.Equal(1, run.Json["issued"]!.GetValue<int>());
    }

    [Fact]
    public async Task Given_a_first_token_that_cannot_be_written_when_watching_then_it_ends_with_a_message()
    {
        await _bench.NewKeys();

        (await _bench.Run(["token", "watch", "--keys", _bench.Keys, "--out", _bench.PathOf("absent", "token"), .. Bench.Request()]))
            .Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run(["token", "watch", "--keys", _bench.PathOf("none"), "--out", _bench.PathOf("token"), .. Bench.Request()]))
            .Expect(ExitCodes.ConfigurationOrFile);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Given_a_real_process_when_it_gets_a_signal_then_it_removes_the_token_and_ends_well(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        await _bench.NewKeys();
        var file = _bench.PathOf("token");
        using var process = CliProcess.Start(
            _bench.Folder, $"mcpsec token watch --keys keys --out token --issuer {Bench.Issuer} --audience {Bench.Audience} --subject alice --role reader");
        await Until(() => File.Exists(file));
        var token = await File.ReadAllTextAsync(file);

        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var run = (await CliProcess.End(process)).Expect(ExitCodes.Good);
        Assert.False(File.Exists(file));
        Assert.DoesNotContain(token, run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains("next at", run.Error, StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); !condition();)
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen in time.");
            await Task.Delay(20);
        }
    }

    private async Task<TokenWatch> Start()
    {
        await _bench.NewKeys();
        Directory.CreateDirectory(_bench.PathOf("run"));
        var request = new TokenRequest(Bench.Issuer, Bench.Audience, "alice", null, ["read:files"], [], TimeSpan.FromMinutes(5), null);
        return new(KeyStore.At(_bench.Keys), request, TokenPath, _bench.Time, _said.Add);
    }
}
