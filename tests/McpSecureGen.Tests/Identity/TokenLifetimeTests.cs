using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

/// <summary>Both edges of every bound on time, on first sight and from the memory of validated tokens.</summary>
public sealed class TokenLifetimeTests
{
    private static readonly TestTokens Issuer = new();

    [Theory]
    [InlineData(0, AuthenticationFailure.None)]
    [InlineData(239, AuthenticationFailure.None)]
    [InlineData(249, AuthenticationFailure.None)]
    [InlineData(250, AuthenticationFailure.Expired)]
    [InlineData(100_000, AuthenticationFailure.Expired)]
    [InlineData(-10, AuthenticationFailure.None)]
    [InlineData(-11, AuthenticationFailure.NotYetValid)]
    public void Token_counts_from_issue_to_expiry_with_skew_at_both_ends(int secondsAfterIssue, AuthenticationFailure expected)
    {
        var authenticator = Issuer.Authenticator(time: new ManualTime(TestTokens.Now.AddSeconds(secondsAfterIssue)));
        Assert.Equal(expected, authenticator.Authenticate(Issuer.Mint(), default).Failure);
    }

    [Fact]
    public void Skew_of_zero_allows_nothing()
    {
        var time = new ManualTime(TestTokens.Now.AddMinutes(4).AddTicks(-1));
        var authenticator = Issuer.Authenticator(o => o.ClockSkew = TimeSpan.Zero, time);
        var token = Issuer.Mint();

        Assert.True(authenticator.Authenticate(token, default).Succeeded);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(AuthenticationFailure.Expired, authenticator.Authenticate(token, default).Failure);
    }

    [Theory]
    [InlineData(10, AuthenticationFailure.None)]
    [InlineData(11, AuthenticationFailure.NotYetValid)]
    public void Not_before_is_honoured(int secondsAhead, AuthenticationFailure expected)
    {
        var token = Issuer.Mint(c => c["nbf"] = TestTokens.Now.AddSeconds(secondsAhead).ToUnixTimeSeconds());
        Assert.Equal(expected, Issuer.Authenticator().Authenticate(token, default).Failure);
    }

    [Theory]
    [InlineData(300, AuthenticationFailure.None)]
    [InlineData(301, AuthenticationFailure.LifetimeTooLong)]
    [InlineData(0, AuthenticationFailure.Malformed)]
    [InlineData(-1, AuthenticationFailure.Malformed)]
    public void Lifetime_is_bounded(int seconds, AuthenticationFailure expected)
    {
        var token = Issuer.Mint(c => c["exp"] = TestTokens.Now.AddSeconds(seconds).ToUnixTimeSeconds());
        Assert.Equal(expected, Issuer.Authenticator().Authenticate(token, default).Failure);
    }

    [Fact]
    public void Longer_lifetime_is_accepted_when_configured()
    {
        var token = Issuer.Mint(c => c["exp"] = TestTokens.Now.AddHours(1).ToUnixTimeSeconds());
        Assert.True(Issuer.Authenticator(o => o.MaxTokenLifetime = TimeSpan.FromHours(1)).Authenticate(token, default).Succeeded);
    }

    [Fact]
    public void Remembered_token_is_refused_once_expired_or_when_the_clock_goes_back()
    {
        var time = new ManualTime(TestTokens.Now);
        var authenticator = Issuer.Authenticator(time: time);
        var token = Issuer.Mint();
        var first = authenticator.Authenticate(token, default);

        Assert.Same(first.Caller, authenticator.Authenticate(token, default).Caller);
        time.Set(TestTokens.Now.AddSeconds(249));
        Assert.Same(first.Caller, authenticator.Authenticate(token, default).Caller);
        time.Set(TestTokens.Now.AddSeconds(250));
        Assert.Equal(AuthenticationFailure.Expired, authenticator.Authenticate(token, default).Failure);
        time.Set(TestTokens.Now.AddSeconds(-11));
        Assert.Equal(AuthenticationFailure.NotYetValid, authenticator.Authenticate(token, default).Failure);
    }

    [Fact]
    public void Same_token_from_another_source_is_another_caller()
    {
        var authenticator = Issuer.Authenticator();
        var token = Issuer.Mint();

        Assert.Equal(CallerSource.CallMeta, authenticator.Authenticate(token, CallerSource.CallMeta).Caller!.Source);
        Assert.Equal(CallerSource.Environment, authenticator.Authenticate(token, CallerSource.Environment).Caller!.Source);
    }

    [Fact]
    public void Memory_of_validated_tokens_is_bounded()
    {
        var authenticator = Issuer.Authenticator();
        string Token(int number) => Issuer.Mint(c => c["jti"] = $"token-{number}");
        var tokens = Enumerable.Range(0, ValidatedTokens.Capacity + 1).Select(Token).ToArray();
        var callers = tokens.Select(token => authenticator.Authenticate(token, default).Caller).ToArray();

        Assert.Same(callers[1], authenticator.Authenticate(tokens[1], default).Caller);
        Assert.Same(callers[^1], authenticator.Authenticate(tokens[^1], default).Caller);
        Assert.NotSame(callers[0], authenticator.Authenticate(tokens[0], default).Caller);
    }

    [Fact]
    public void Clock_that_fails_refuses_and_does_not_throw()
    {
        var authenticator = Issuer.Authenticator(time: new BrokenClock());
        Assert.Equal(AuthenticationFailure.Unavailable, authenticator.Authenticate(Issuer.Mint(), default).Failure);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("no clock");
    }
}
