using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

public sealed class KeyRotationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-keys-");
    private readonly ManualTime _time = new(TestTokens.Now);
    private readonly TestTokens _old = new("old");
    private readonly TestTokens _new = new("new");

    private string KeyFile => Path.Combine(_folder.FullName, "jwks.json");

    public void Dispose() => _folder.Delete(recursive: true);

    private CallerAuthenticator Start()
    {
        File.WriteAllText(KeyFile, _old.PublicKeySet());
        return _old.Authenticator(o => (o.KeyFile, o.Keys) = (KeyFile, null), _time);
    }

    private AuthenticationFailure After(TimeSpan wait, CallerAuthenticator authenticator, string token)
    {
        _time.Advance(wait);
        return authenticator.Authenticate(token, default).Failure;
    }

    [Fact]
    public void Rotated_file_replaces_the_keys_and_forgets_what_the_old_ones_validated()
    {
        var authenticator = Start();
        var (before, after) = (_old.Mint(), _new.Mint());
        Assert.Equal(AuthenticationFailure.None, authenticator.Authenticate(before, default).Failure);
        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(after, default).Failure);

        File.WriteAllText(KeyFile, _new.PublicKeySet());

        Assert.Equal(AuthenticationFailure.None, After(TimeSpan.FromMilliseconds(999), authenticator, before));
        Assert.Equal(AuthenticationFailure.UnknownKey, After(TimeSpan.FromMilliseconds(1), authenticator, before));
        Assert.Equal(AuthenticationFailure.None, authenticator.Authenticate(after, default).Failure);
    }

    [Fact]
    public void Unchanged_file_keeps_the_validated_tokens()
    {
        var authenticator = Start();
        var caller = authenticator.Authenticate(_old.Mint(c => c["jti"] = "1"), default).Caller;
        var token = _old.Mint();
        var first = authenticator.Authenticate(token, default).Caller;
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.NotSame(caller, first);
        Assert.Same(first, authenticator.Authenticate(token, default).Caller);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbled")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("\0\0\0\0")]
    public void Garbled_file_closes_the_door_until_it_is_mended(string content)
    {
        var authenticator = Start();
        var token = _old.Mint();
        Assert.Equal(AuthenticationFailure.None, authenticator.Authenticate(token, default).Failure);

        File.WriteAllText(KeyFile, content);
        Assert.Equal(AuthenticationFailure.Unavailable, After(TimeSpan.FromSeconds(1), authenticator, token));

        File.WriteAllText(KeyFile, _old.PublicKeySet());
        Assert.Equal(AuthenticationFailure.Unavailable, authenticator.Authenticate(token, default).Failure);
        Assert.Equal(AuthenticationFailure.None, After(TimeSpan.FromSeconds(1), authenticator, token));
    }

    [Fact]
    public void Deleted_file_closes_the_door()
    {
        var authenticator = Start();
        var token = _old.Mint();
        Assert.Equal(AuthenticationFailure.None, authenticator.Authenticate(token, default).Failure);

        File.Delete(KeyFile);

        Assert.Equal(AuthenticationFailure.Unavailable, After(TimeSpan.FromSeconds(1), authenticator, token));
        Assert.Equal(AuthenticationFailure.Unavailable, After(TimeSpan.FromSeconds(1), authenticator, token));
    }

    [Fact]
    public void Private_key_or_invalid_text_put_in_place_closes_the_door()
    {
        var authenticator = Start();
        File.WriteAllText(KeyFile, TestTokens.KeySet(_old.PrivateJwk()));
        Assert.Equal(AuthenticationFailure.Unavailable, After(TimeSpan.FromSeconds(1), authenticator, _old.Mint()));

        File.WriteAllBytes(KeyFile, [0xff, 0xfe, 0xff]);
        Assert.Equal(AuthenticationFailure.Unavailable, After(TimeSpan.FromSeconds(1), authenticator, _old.Mint()));

        File.WriteAllBytes(KeyFile, new byte[VerificationKeyRing.MaxKeyFileBytes + 1]);
        Assert.Equal(AuthenticationFailure.Unavailable, After(TimeSpan.FromSeconds(1), authenticator, _old.Mint()));
    }

    [Fact]
    public void Rotation_by_symbolic_link_is_seen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        var (first, second) = (Path.Combine(_folder.FullName, "1.json"), Path.Combine(_folder.FullName, "2.json"));
        File.WriteAllText(first, _old.PublicKeySet());
        File.WriteAllText(second, _new.PublicKeySet());
        File.CreateSymbolicLink(KeyFile, first);
        var authenticator = _old.Authenticator(o => (o.KeyFile, o.Keys) = (KeyFile, null), _time);
        Assert.Equal(AuthenticationFailure.None, authenticator.Authenticate(_old.Mint(), default).Failure);

        File.Delete(KeyFile);
        File.CreateSymbolicLink(KeyFile, second);

        Assert.Equal(AuthenticationFailure.None, After(TimeSpan.FromSeconds(1), authenticator, _new.Mint()));
        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(_old.Mint(), default).Failure);
    }
}
