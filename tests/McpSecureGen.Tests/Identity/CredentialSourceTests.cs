using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

public sealed class CredentialSourceTests : IDisposable
{
    private static readonly TestTokens Issuer = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-token-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    private string TokenFile => Path.Combine(_folder.FullName, "token");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string TokenOf(string subject) => Issuer.Mint(c => c["sub"] = subject);

    private AuthenticationResult Resolve(JsonObject? meta = null, bool ambient = true) =>
        new CallerResolver(Chain(), Issuer.Authenticator()).ResolveAsync(new(meta, ambient, null), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private CredentialChain Chain() => new([new CallMetaCredential(), new TokenFileCredential(Variable), new EnvironmentCredential(Variable)]);

    private string? Variable(string name) => _environment.GetValueOrDefault(name);

    private void SetEverySource()
    {
        _environment["MCP_ACCESS_TOKEN"] = TokenOf("environment");
        _environment["MCP_ACCESS_TOKEN_FILE"] = TokenFile;
        File.WriteAllText(TokenFile, TokenOf("file") + "\n");
    }

    private static JsonObject Meta(string json) => JsonNode.Parse($$"""{"mcpsecuregen/token":{{json}}}""")!.AsObject();

    [Fact]
    public void Sources_are_asked_in_order()
    {
        Assert.Equal(AuthenticationFailure.NoCredential, Resolve().Failure);

        _environment["MCP_ACCESS_TOKEN"] = TokenOf("environment");
        Assert.Equal(("environment", CallerSource.Environment), (Resolve().Caller!.Subject, Resolve().Caller!.Source));

        SetEverySource();
        Assert.Equal(("file", CallerSource.TokenFile), (Resolve().Caller!.Subject, Resolve().Caller!.Source));

        var meta = new JsonObject { [CallMetaCredential.MetaKey] = TokenOf("meta") };
        Assert.Equal(("meta", CallerSource.CallMeta), (Resolve(meta).Caller!.Subject, Resolve(meta).Caller!.Source));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("\"garbled\"")]
    public void Invalid_call_token_refuses_though_file_and_environment_hold_valid_ones(string json)
    {
        SetEverySource();
        Assert.True(Resolve(new JsonObject { ["progressToken"] = 1 }).Succeeded);

        Assert.Equal(AuthenticationFailure.Malformed, Resolve(Meta(json)).Failure);
    }

    [Fact]
    public void Expired_or_forged_call_token_refuses_though_file_and_environment_hold_valid_ones()
    {
        SetEverySource();
        JsonObject With(string token) => new() { [CallMetaCredential.MetaKey] = token };

        Assert.Equal(AuthenticationFailure.Expired, Resolve(With(Issuer.Mint(c => (c["iat"], c["exp"]) = (1000, 1100)))).Failure);
        Assert.Equal(AuthenticationFailure.BadSignature, Resolve(With(new TestTokens().Mint())).Failure);
    }

    [Fact]
    public void Call_token_above_eight_kibibytes_refuses()
    {
        SetEverySource();
        Assert.Equal(AuthenticationFailure.Malformed, Resolve(new() { [CallMetaCredential.MetaKey] = new string('a', 8193) }).Failure);
    }

    [Fact]
    public void Repeated_member_in_meta_refuses()
    {
        SetEverySource();
        using var document = JsonDocument.Parse($$"""{"mcpsecuregen/token":"x","mcpsecuregen/token":"{{TokenOf("meta")}}"}""");
        Assert.False(Resolve(JsonObject.Create(document.RootElement)).Succeeded);
    }

    [Theory]
    [InlineData("MCPSECUREGEN/TOKEN")]
    [InlineData("token")]
    [InlineData("authorization")]
    public void Other_meta_is_no_identity(string key) =>
        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(new() { [key] = TokenOf("meta") }).Failure);

    [Fact]
    public void Ambient_credentials_count_only_where_allowed()
    {
        SetEverySource();
        Assert.True(Resolve().Succeeded);
        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(ambient: false).Failure);
        Assert.True(Resolve(new() { [CallMetaCredential.MetaKey] = TokenOf("meta") }, ambient: false).Succeeded);
    }

    [Fact]
    public async Task Rotated_token_file_is_read_again_at_once()
    {
        SetEverySource();
        var chain = Chain();
        var resolver = new CallerResolver(chain, Issuer.Authenticator());
        foreach (var subject in (string[])["a", "b", "c", "a"])
        {
            File.WriteAllText(TokenFile, TokenOf(subject) + " \r\n");
            Assert.Equal(subject, (await resolver.ResolveAsync(new(null, true, null), CancellationToken.None)).Caller!.Subject);
            Assert.Equal(subject, (await resolver.ResolveAsync(new(null, true, null), CancellationToken.None)).Caller!.Subject);
        }
    }

    [Fact]
    public void Unchanged_text_file_is_not_read_twice_and_its_change_is_seen()
    {
        File.WriteAllText(TokenFile, "first");
        File.SetLastWriteTimeUtc(TokenFile, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        var watched = new WatchedTextFile(TokenFile, 100);
        var first = watched.Read();

        Assert.Same(first, watched.Read());
        File.WriteAllText(TokenFile, "other");
        Assert.Equal("other", watched.Read());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void Deleted_or_empty_token_file_refuses_though_the_environment_holds_a_valid_token(string? content)
    {
        SetEverySource();
        Assert.True(Resolve().Succeeded);
        if (content is null)
        {
            File.Delete(TokenFile);
        }
        else
        {
            File.WriteAllText(TokenFile, content);
        }

        Assert.Equal(AuthenticationFailure.Malformed, Resolve().Failure);
    }

    [Fact]
    public void Oversize_or_binary_token_file_or_folder_refuses()
    {
        SetEverySource();
        File.WriteAllText(TokenFile, TokenOf("file").PadRight(8193));
        Assert.Equal(AuthenticationFailure.Malformed, Resolve().Failure);

        File.WriteAllBytes(TokenFile, [0xff, 0xff]);
        Assert.Equal(AuthenticationFailure.Malformed, Resolve().Failure);

        foreach (var path in (string[])[_folder.FullName, "", "\0", "no/such/file"])
        {
            _environment["MCP_ACCESS_TOKEN_FILE"] = path;
            Assert.Equal(AuthenticationFailure.Malformed, Resolve().Failure);
        }
    }

    [Fact]
    public void Variable_set_to_nothing_refuses()
    {
        _environment["MCP_ACCESS_TOKEN"] = "";
        Assert.Equal(AuthenticationFailure.Malformed, Resolve().Failure);
    }

    [Fact]
    public void Source_that_breaks_refuses_and_the_next_is_not_asked()
    {
        _environment["MCP_ACCESS_TOKEN"] = TokenOf("environment");
        var next = new EnvironmentCredential(Variable);
        CredentialRequest request = new(null, true, null);

        Assert.Equal(CredentialStatus.Invalid, new CredentialChain([new Broken(), next]).Find(request).Status);
        Assert.Equal(CredentialStatus.Present, new CredentialChain([next, new Broken()]).Find(request).Status);
        Assert.Equal(CredentialStatus.Absent, new CredentialChain([]).Find(request).Status);
    }

    [Fact]
    public async Task Source_that_misses_its_credential_ends_the_search_as_no_credential()
    {
        SetEverySource();
        var chain = Chain();
        CredentialRequest request = new(Meta($"\"{TokenOf("meta")}\""), true, null);

        Assert.Equal(CredentialStatus.Present, chain.Find(request).Status);
        Assert.True((await new CallerResolver(chain, Issuer.Authenticator()).ResolveAsync(request, CancellationToken.None)).Succeeded);

        CredentialChain missing = new([new Missing(), new CallMetaCredential(), new TokenFileCredential(Variable), new EnvironmentCredential(Variable)]);
        Assert.Equal((CredentialStatus.Missing, null), (missing.Find(request).Status, missing.Find(request).Token));
        Assert.Equal(AuthenticationFailure.NoCredential, (await new CallerResolver(missing, Issuer.Authenticator()).ResolveAsync(request, CancellationToken.None)).Failure);
    }

    [Fact]
    public void Lookup_does_not_print_its_token() =>
        Assert.DoesNotContain("secret", CredentialLookup.Of("secret", CallerSource.CallMeta).ToString(), StringComparison.Ordinal);

    private sealed class Missing : ICredentialSource
    {
        public CredentialLookup Find(in CredentialRequest request) => CredentialLookup.Missing(CallerSource.Authorization);
    }

    private sealed class Broken : ICredentialSource
    {
        public CredentialLookup Find(in CredentialRequest request) => throw new InvalidOperationException("broken");
    }
}
