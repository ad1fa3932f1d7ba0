using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Tests.Support;

namespace McpSecureGen.Cli.Tests;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Given_a_private_file_when_it_is_created_then_it_is_the_owners_before_its_first_byte()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        using var file = OwnerOnlyFile.Open(_bench.PathOf("private"));

        Assert.Equal(0, file.Length);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(file.SafeFileHandle));
    }

    [Fact]
    public async Task Given_a_process_whose_files_are_open_to_all_when_it_makes_keys_then_private_ones_are_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        (await CliProcess.Run(_bench.Folder, "umask 000; mcpsec keys new --out keys")).Expect(0);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_bench.PrivateFile));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_bench.Keys));
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(_bench.PublicFile));

        (await CliProcess.Run(_bench.Folder, "umask 000; mcpsec keys rotate --keys keys")).Expect(0);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_bench.PrivateFile));
    }

    [Fact]
    public async Task Given_keys_when_new_is_run_again_then_they_stay()
    {
        await _bench.NewKeys();
        var before = await File.ReadAllTextAsync(_bench.PrivateFile);

        var again = await _bench.Run("keys", "new", "--out", _bench.Keys);

        again.Expect(ExitCodes.ConfigurationOrFile);
        Assert.Contains("not overwritten", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_bench.PrivateFile));
    }

    [Fact]
    public async Task Given_a_link_where_the_private_file_belongs_when_keys_are_made_then_what_it_points_to_stays_untouched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege there.");
        Directory.CreateDirectory(_bench.Keys, OwnerOnly | UnixFileMode.UserExecute);
        var target = _bench.Write("elsewhere", "");
        File.CreateSymbolicLink(_bench.PrivateFile, target);

        (await _bench.Run("keys", "new", "--out", _bench.Keys)).Expect(ExitCodes.ConfigurationOrFile);

        Assert.Equal("", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task Given_a_folder_that_others_can_write_when_keys_are_made_then_none_are_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        Directory.CreateDirectory(_bench.Keys);
        File.SetUnixFileMode(_bench.Keys, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        var run = await _bench.Run("keys", "new", "--out", _bench.Keys);

        run.Expect(ExitCodes.ConfigurationOrFile);
        Assert.Contains("chmod 700", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PrivateFile));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task Given_a_private_file_open_to_others_when_it_is_used_then_it_is_refused_until_closed(UnixFileMode open)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        await _bench.NewKeys();
        File.SetUnixFileMode(_bench.PrivateFile, OwnerOnly | open);

        var shown = await _bench.Run("keys", "show", "--keys", _bench.Keys);
        shown.Expect(ExitCodes.ConfigurationOrFile);
        Assert.Contains($"chmod 600 {_bench.PrivateFile}", shown.Error, StringComparison.Ordinal);
        (await _bench.Run(["token", "issue", "--keys", _bench.Keys, .. Bench.Request()])).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys)).Expect(ExitCodes.ConfigurationOrFile);

        File.SetUnixFileMode(_bench.PrivateFile, OwnerOnly);
        (await _bench.Run("keys", "show", "--keys", _bench.Keys)).Expect(ExitCodes.Good);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{ "keys": [] }""")]
    [InlineData("""{ "keys": [ { "kty": "EC" } ] }""")]
    [InlineData("""{ "keys": [ { "kty": "oct", "alg": "HS256", "kid": "a", "iat": 1, "k": "c2hvcnQ" } ] }""")]
    public async Task Given_a_file_that_is_no_key_file_when_it_is_used_then_it_is_named(string content)
    {
        Directory.CreateDirectory(_bench.Keys);
        OwnerOnlyFile.Create(_bench.PrivateFile, System.Text.Encoding.UTF8.GetBytes(content));

        var run = await _bench.Run("keys", "show", "--keys", _bench.Keys);

        run.Expect(ExitCodes.ConfigurationOrFile);
        Assert.Contains(_bench.PrivateFile, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_private_file_as_the_place_for_the_public_set_when_it_is_written_then_the_private_file_stays()
    {
        await _bench.NewKeys();
        var before = await File.ReadAllTextAsync(_bench.PrivateFile);

        (await _bench.Run("keys", "jwks", "--keys", _bench.Keys, "--out", _bench.PrivateFile)).Expect(ExitCodes.ConfigurationOrFile);
        Assert.Equal(before, await File.ReadAllTextAsync(_bench.PrivateFile));

        var copy = _bench.PathOf("copy.json");
        (await _bench.Run("keys", "jwks", "--keys", _bench.Keys, "--out", copy)).Expect(ExitCodes.Good);
        (await _bench.Run("keys", "jwks", "--keys", _bench.Keys, "--out", copy)).Expect(ExitCodes.Good);
        Assert.True(_bench.Judge(await _bench.Issue(), copy).Succeeded);
    }

    [Fact]
    public void Given_a_replacement_that_fails_when_it_ends_then_the_old_file_and_nothing_else_is_there()
    {
        var path = _bench.Write("kept", "old");
        Directory.CreateDirectory(_bench.PathOf("blocked", "inside"));

        Assert.ThrowsAny<Exception>(() => OwnerOnlyFile.Replace(_bench.PathOf("blocked"), "new"u8));
        OwnerOnlyFile.Replace(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["blocked", "kept"], Directory.EnumerateFileSystemEntries(_bench.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
