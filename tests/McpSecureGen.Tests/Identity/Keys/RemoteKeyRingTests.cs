using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Identity.Keys;

/// <summary>Keys from an address: when they are fetched, how long they count, and what a bad answer does.</summary>
public sealed class RemoteKeyRingTests
{
    private readonly ManualTime _time = new(TestTokens.Now);
    private readonly TestTokens _issuer = new("first");
    private readonly TestTokens _next = new("next");
    private readonly ScriptedSource _source = new();

    private CallerAuthenticator Start(TimeProvider? time = null)
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var options = new AuthenticationOptions
        {
            Issuer = TestTokens.Issuer,
            Audience = TestTokens.Audience,
            JwksUri = "https://issuer.example/jwks",
            MaxTokenLifetime = TimeSpan.FromHours(24),
        };
        return new(
            options, vocabulary, RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), time ?? _time, null, NullLoggerFactory.Instance, (_, _) => _source);
    }

    private string Long(TestTokens by, Action<System.Text.Json.Nodes.JsonObject>? header = null) =>
        by.Mint(c => (c["iat"], c["exp"]) = (_time.GetUtcNow().ToUnixTimeSeconds(), _time.GetUtcNow().AddHours(24).ToUnixTimeSeconds()), header);

    private static async Task<AuthenticationFailure> JudgeAsync(CallerAuthenticator authenticator, string token) =>
        (await authenticator.AuthenticateAsync(token, default, default)).Failure;

    private async Task FetchesAsync(int count)
    {
        for (var deadline = Environment.TickCount64 + 5000; _source.Completed < count && Environment.TickCount64 < deadline;)
        {
            await Task.Delay(5);
        }

        // The answer is taken in just after the source has given it.
        await Task.Delay(30);
        Assert.Equal(count, _source.Requests);
    }

    [Fact]
    public async Task Given_a_server_that_just_started_then_callers_wait_for_one_fetch_together()
    {
        _source.Hold();
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        var callers = Enumerable.Range(0, 32).Select(n => JudgeAsync(authenticator, _issuer.Mint(c => c["jti"] = $"{n}"))).ToArray();
        Assert.Equal(AuthenticationFailure.Unavailable, authenticator.Authenticate(_issuer.Mint(), default).Failure);

        _source.Release();
        Assert.All(await Task.WhenAll(callers), failure => Assert.Equal(AuthenticationFailure.None, failure));
        Assert.Equal(1, _source.Requests);
    }

    [Fact]
    public async Task Given_an_issuer_that_comes_up_later_then_refused_until_then_and_asked_again()
    {
        var authenticator = Start();
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, _issuer.Mint()));
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, _issuer.Mint()));
        await FetchesAsync(1);

        _source.Answer = _issuer.PublicKeySet();
        _time.Advance(RemoteKeyRing.BetweenFirstFetches);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, _issuer.Mint()));
        await FetchesAsync(2);
    }

    [Fact]
    public async Task Given_thousands_of_unknown_keys_then_one_request_in_thirty_seconds()
    {
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, _issuer.Mint()));
        for (var round = 1; round <= 3; round++)
        {
            for (var n = 0; n < 1000; n++)
            {
                Assert.Equal(
                    AuthenticationFailure.UnknownKey, await JudgeAsync(authenticator, _issuer.Mint(header: h => h["kid"] = $"{round}-{n}")));
            }

            Assert.Equal(round, _source.Requests);
            _time.Advance(RemoteKeyRing.BetweenFetches);
        }
    }

    [Fact]
    public async Task Given_a_new_key_then_its_first_token_fetches_it_and_is_accepted()
    {
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        var old = Long(_issuer);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, old));
        _source.Answer = _next.PublicKeySet();
        _time.Advance(RemoteKeyRing.BetweenFetches);

        Assert.Equal(AuthenticationFailure.UnknownKey, authenticator.Authenticate(Long(_next), default).Failure);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_next)));
        Assert.Equal(AuthenticationFailure.UnknownKey, await JudgeAsync(authenticator, old));
    }

    [Fact]
    public async Task Given_keys_near_their_age_then_renewed_behind_the_callers_backs()
    {
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        var token = Long(_issuer);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        var caller = authenticator.Authenticate(token, default).Caller;

        _time.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        Assert.Equal(1, _source.Requests);
        _time.Advance(TimeSpan.FromMinutes(1));
        _source.Hold();
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        _source.Release();
        await FetchesAsync(2);
        Assert.Same(caller, authenticator.Authenticate(token, default).Caller);
    }

    [Fact]
    public async Task Given_keys_past_their_age_then_the_next_caller_waits_for_new_ones()
    {
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        var token = Long(_issuer);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, token));
        _source.Answer = _next.PublicKeySet();
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(AuthenticationFailure.UnknownKey, await JudgeAsync(authenticator, token));
    }

    [Fact]
    public async Task Given_a_fetch_that_ends_while_a_token_is_judged_then_the_old_keys_have_no_say()
    {
        _source.Answer = _issuer.PublicKeySet();
        var clock = new InterruptedTime(_time);
        var authenticator = Start(clock);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_issuer)));

        _source.Answer = _next.PublicKeySet();
        _time.Advance(TimeSpan.FromMinutes(11));
        clock.AtSecondLook = () =>
        {
            // The first look began the verdict, by the old keys and with a fetch on its way; the second is that of the signature's check.
            Assert.True(SpinWait.SpinUntil(() => _source.Completed == 2, TimeSpan.FromSeconds(5)));
            Thread.Sleep(30);
        };
        Assert.Equal(AuthenticationFailure.UnknownKey, await JudgeAsync(authenticator, Long(_issuer)));
        Assert.Null(clock.AtSecondLook);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_next)));
    }

    [Fact]
    public async Task Given_an_issuer_that_is_down_then_the_keys_count_for_a_day_and_no_longer()
    {
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, _issuer.Mint()));

        _source.Answer = null;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_issuer)));
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_issuer)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AuthenticationFailure.Unavailable, await JudgeAsync(authenticator, Long(_issuer)));

        _source.Answer = _issuer.PublicKeySet();
        _time.Advance(RemoteKeyRing.BetweenFetches);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_issuer)));
    }

    [Theory]
    [InlineData("<html>maintenance</html>", AuthenticationFailure.None)]
    [InlineData("", AuthenticationFailure.None)]
    [InlineData("[]", AuthenticationFailure.None)]
    [InlineData("{\"error\":\"down\"}", AuthenticationFailure.None)]
    [InlineData("{\"keys\":[]}", AuthenticationFailure.Unavailable)]
    [InlineData("private", AuthenticationFailure.Unavailable)]
    [InlineData("secret", AuthenticationFailure.Unavailable)]
    public async Task Given_a_bad_answer_then_a_page_changes_nothing_and_an_unsafe_set_closes_the_door(string answer, AuthenticationFailure expected)
    {
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_issuer)));

        _source.Answer = answer switch
        {
            "private" => TestTokens.KeySet(_issuer.PublicJwk(), _next.PrivateJwk()),
            "secret" => TestTokens.KeySet(TestTokens.SecretJwk("s", System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))),
            _ => answer,
        };
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(expected, await JudgeAsync(authenticator, Long(_issuer)));

        _source.Answer = _issuer.PublicKeySet();
        _time.Advance(RemoteKeyRing.BetweenFetches);
        Assert.Equal(AuthenticationFailure.None, await JudgeAsync(authenticator, Long(_issuer)));
    }

    [Fact]
    public async Task Given_a_caller_that_leaves_then_the_fetch_goes_on_for_the_others()
    {
        _source.Hold();
        _source.Answer = _issuer.PublicKeySet();
        var authenticator = Start();
        using var leaving = new CancellationTokenSource();
        var left = authenticator.AuthenticateAsync(_issuer.Mint(), default, leaving.Token).AsTask();
        var stays = JudgeAsync(authenticator, _issuer.Mint());
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _source.Release();
        Assert.Equal(AuthenticationFailure.None, await stays);
    }

    private sealed class InterruptedTime(TimeProvider time) : TimeProvider
    {
        private int _looks;

        public Action? AtSecondLook { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp();

        public override DateTimeOffset GetUtcNow()
        {
            if (AtSecondLook is { } action && ++_looks == 2)
            {
                AtSecondLook = null;
                action();
            }

            return time.GetUtcNow();
        }
    }

    private sealed class ScriptedSource : IKeySetSource
    {
        private TaskCompletionSource _gate = Open();
        private int _requests;
        private int _completed;

        public string? Answer { get; set; }

        public int Requests => Volatile.Read(ref _requests);

        public int Completed => Volatile.Read(ref _completed);

        public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate.TrySetResult();

        public async Task<string> FetchAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            await _gate.Task;
            Interlocked.Increment(ref _completed);
            return Answer ?? throw new HttpRequestException("down");
        }

        private static TaskCompletionSource Open()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}
