using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Tests.Support;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tests;

public sealed class KeyRotationTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task Given_a_rotation_when_a_server_reads_the_set_then_old_and_new_tokens_are_accepted(string algorithm)
    {
        await _bench.NewKeys(algorithm);
        var old = await _bench.Issue();
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys)).Expect(ExitCodes.Good);
        var fresh = await _bench.Issue();

        Assert.True(_bench.Judge(old).Succeeded);
        Assert.True(_bench.Judge(fresh).Succeeded);
    }

    [Fact]
    public async Task Given_a_shared_secret_when_it_is_rotated_then_old_and_new_tokens_are_accepted_and_nothing_is_published()
    {
        await _bench.NewKeys("HS256");
        var old = await _bench.Issue();
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys)).Expect(ExitCodes.Good);
        var shared = _bench.PathOf("keys", "shared-keys.json");

        Assert.True(_bench.Judge(old, shared).Succeeded);
        Assert.True(_bench.Judge(await _bench.Issue(), shared).Succeeded);
        Assert.False(File.Exists(_bench.PublicFile));
        (await _bench.Run("keys", "jwks", "--keys", _bench.Keys)).Expect(ExitCodes.ConfigurationOrFile);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnlyFile.Mode, File.GetUnixFileMode(shared));
        }
    }

    [Fact]
    public async Task Given_a_rotated_key_when_the_private_file_is_read_then_the_old_one_can_sign_no_more()
    {
        await _bench.NewKeys();
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys)).Expect(ExitCodes.Good);

        using var keys = KeyStore.At(_bench.Keys).Load();

        Assert.Equal([true, false], keys.Keys.Select(key => key.Signs));
        Assert.Equal([true, false], keys.Keys.Select(key => key.Material.CanSign));
    }

    [Fact]
    public async Task Given_retired_keys_when_pruned_then_only_those_whose_time_is_over_go()
    {
        await _bench.NewKeys();
        var first = await _bench.Issue("--lifetime", "24h");
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, "--keep", "1h")).Expect(ExitCodes.Good);
        _bench.Time.Advance(TimeSpan.FromMinutes(59));
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, "--prune")).Expect(ExitCodes.Good);
        Assert.True(Accepted(first));

        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        var pruned = (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, "--prune", "--json")).Expect(ExitCodes.Good);

        Assert.Single(pruned.Json["removed"]!.AsArray());
        Assert.Single(pruned.Json["keys"]!.AsArray());
        Assert.False(Accepted(first));

        bool Accepted(string token) => _bench.Judge(token, change: options => options.MaxTokenLifetime = TimeSpan.FromHours(24)).Succeeded;
    }

    [Fact]
    public async Task Given_a_copied_key_when_rotated_with_keep_0s_then_its_tokens_end_at_once()
    {
        await _bench.NewKeys();
        var old = await _bench.Issue();
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, "--keep", "0s")).Expect(ExitCodes.Good);

        Assert.Equal(AuthenticationFailure.UnknownKey, _bench.Judge(old).Failure);
        Assert.True(_bench.Judge(await _bench.Issue()).Succeeded);
    }

    [Fact]
    public async Task Given_a_rotation_under_way_when_another_starts_then_it_is_refused_and_changes_nothing()
    {
        await _bench.NewKeys();
        var before = await File.ReadAllTextAsync(_bench.PrivateFile);
        using (File.Open(_bench.PathOf("keys", ".lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await _bench.Run("keys", "rotate", "--keys", _bench.Keys)).Expect(ExitCodes.ConfigurationOrFile);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(_bench.PrivateFile));
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys)).Expect(ExitCodes.Good);
    }

    [Fact]
    public async Task Given_many_rotations_at_a_time_when_they_end_then_every_one_that_succeeded_left_its_key()
    {
        await _bench.NewKeys();
        var store = KeyStore.At(_bench.Keys);
        var succeeded = 0;
        Parallel.For(0, 12, _ =>
        {
            try
            {
                var material = Keys.Material.KeyMaterial.Generate(KeyAlgorithms.ES256);
                var now = _bench.Time.GetUtcNow();
                store.Change(ring => ring.Rotate(new(KeyId.For(material), KeyAlgorithms.ES256, now, material), now.AddHours(1))).Dispose();
                Interlocked.Increment(ref succeeded);
            }
            catch (CliException error) when (error.ExitCode == ExitCodes.ConfigurationOrFile)
            {
            }
        });

        using var keys = store.Load();
        Assert.True(succeeded > 0);
        Assert.Equal(succeeded + 1, keys.Keys.Count);
        Assert.True(_bench.Judge(await _bench.Issue()).Succeeded);
    }

    [Theory]
    [InlineData("ES256", "--algorithm", "HS256")]
    [InlineData("HS256", "--algorithm", "ES256")]
    [InlineData("ES256", "--kid", "in use")]
    [InlineData("ES256", "--kid", "mine")]
    [InlineData("ES256", "--keep", "soon")]
    [InlineData("ES256", "--keep", "-1h")]
    public async Task Given_a_rotation_that_cannot_be_when_asked_for_then_it_is_a_usage_error_and_changes_nothing(string algorithm, string option, string value)
    {
        (await _bench.Run("keys", "new", "--out", _bench.Keys, "--algorithm", algorithm, "--kid", "mine")).Expect(ExitCodes.Good);
        var before = await File.ReadAllTextAsync(_bench.PrivateFile);

        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, option, value)).Expect(ExitCodes.Usage);

        Assert.Equal(before, await File.ReadAllTextAsync(_bench.PrivateFile));
    }

    [Fact]
    public async Task Given_an_ES256_store_when_rotated_to_PS256_then_both_kinds_are_accepted()
    {
        await _bench.NewKeys();
        var old = await _bench.Issue();
        (await _bench.Run("keys", "rotate", "--keys", _bench.Keys, "--algorithm", "PS256", "--kid", "second")).Expect(ExitCodes.Good);

        Assert.True(_bench.Judge(old).Succeeded);
        Assert.True(_bench.Judge(await _bench.Issue()).Succeeded);
    }

    [Fact]
    public void Given_the_key_of_RFC_7638_when_its_thumbprint_is_taken_then_it_is_the_one_of_the_RFC()
    {
        var file = _bench.Write("rfc7638.jwk", """
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
            """);

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Tokens.ProofKey.Thumbprint(file));
    }
}
