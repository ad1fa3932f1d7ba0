using System.Net;
using System.Net.Sockets;
using McpSecureGen.Tests.Validation.Urls.Support;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Urls;

/// <summary>What is looked up, and that every way in which a lookup can break refuses.</summary>
public sealed class HostLookupTests
{
    private static readonly UrlHost Name = new("api.example.com", null);

    [Theory]
    [InlineData(true, "8.8.8.8")]
    [InlineData(true, "8.8.8.8", "2606:4700:4700::1111")]
    [InlineData(true, "64:ff9b::808:808")]
    [InlineData(false)]
    [InlineData(false, "127.0.0.1")]
    [InlineData(false, "8.8.8.8", "10.0.0.1")]
    [InlineData(false, "10.0.0.1", "8.8.8.8")]
    [InlineData(false, "8.8.8.8", "::1")]
    [InlineData(false, "8.8.8.8", "fd00::1")]
    [InlineData(false, "::ffff:169.254.169.254")]
    [InlineData(false, "64:ff9b::a9fe:a9fe")]
    [InlineData(false, "64:ff9b:1::808:808")]
    [InlineData(false, "2002:808:808::1")]
    [InlineData(false, "0.0.0.0")]
    [InlineData(false, "168.63.129.16")]
    public async Task Every_answer_is_checked(bool allowed, params string[] addresses)
    {
        var resolver = new FakeResolver { Names = { [Name.Text] = addresses } };
        using var lookup = Of(resolver);
        var found = await lookup.FindAsync(Name, allowPrivate: false, TestContext.Current.CancellationToken);
        Assert.Equal(allowed, found is not null);
        Assert.Equal(1, resolver.Asked[Name.Text]);
    }

    [Fact]
    public async Task An_address_is_not_looked_up()
    {
        var resolver = new FakeResolver();
        using var lookup = Of(resolver);
        Assert.NotNull(await lookup.FindAsync(new UrlHost("8.8.8.8", IPAddress.Parse("8.8.8.8")), false, default));
        Assert.Null(await lookup.FindAsync(new UrlHost("10.0.0.1", IPAddress.Parse("10.0.0.1")), false, default));
        Assert.NotNull(await lookup.FindAsync(new UrlHost("10.0.0.1", IPAddress.Parse("10.0.0.1")), true, default));
        Assert.Empty(resolver.Asked);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_may_be_text_and_is_never_connected_to()
    {
        using var unknown = Of(new FakeResolver(static (_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        Assert.True(await unknown.MayBeNamedAsync(Name, allowPrivate: false, default));
        Assert.Null(await unknown.FindAsync(Name, allowPrivate: false, default));
        Assert.Null(await unknown.FindAsync(Name, allowPrivate: true, default));
    }

    [Fact]
    public async Task A_lookup_that_says_nothing_accepts_no_text()
    {
        foreach (var error in (SocketError[])[SocketError.TryAgain, SocketError.NoRecovery, SocketError.TimedOut, SocketError.SocketError])
        {
            using var broken = Of(new FakeResolver((_, _) => throw new SocketException((int)error)));
            Assert.False(await broken.MayBeNamedAsync(Name, allowPrivate: false, default));
        }

        using var empty = Of(new FakeResolver(static (_, _) => []));
        Assert.False(await empty.MayBeNamedAsync(Name, allowPrivate: false, default));
        using var inner = Of(new FakeResolver(static (_, _) => [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.1")]));
        Assert.False(await inner.MayBeNamedAsync(Name, allowPrivate: false, default));
        using var good = Of(new FakeResolver(static (_, _) => [IPAddress.Parse("8.8.8.8")]));
        Assert.True(await good.MayBeNamedAsync(Name, allowPrivate: false, default));
    }

    [Fact]
    public async Task A_resolver_that_throws_returns_nothing_or_answers_without_end_refuses()
    {
        using var throwing = Of(new FakeResolver(static (_, _) => throw new InvalidOperationException("broken")));
        Assert.Null(await throwing.FindAsync(Name, true, default));
        using var absent = Of(new FakeResolver(static (_, _) => null!));
        Assert.Null(await absent.FindAsync(Name, true, default));
        using var endless = Of(new FakeResolver(static (_, _) => [.. Enumerable.Repeat(IPAddress.Parse("8.8.8.8"), 1000)]));
        Assert.Null(await endless.FindAsync(Name, true, default));
    }

    [Fact]
    public async Task A_resolver_that_hangs_refuses_in_time_and_keeps_its_place()
    {
        var resolver = new HangingResolver();
        using var lookup = new HostLookup(resolver, TimeProvider.System, NullLogger.Instance, TimeSpan.FromMilliseconds(200));
        var all = Enumerable.Range(0, HostLookup.MostAtOnce + 20).Select(_ => lookup.FindAsync(Name, true, default).AsTask()).ToArray();
        Assert.All(await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(20)), Assert.Null);
        Assert.Equal(HostLookup.MostAtOnce, resolver.Asked);

        resolver.Answer.SetResult([IPAddress.Parse("8.8.8.8")]);
        IPAddress[]? later = null;
        for (var deadline = DateTime.UtcNow.AddSeconds(10); later is null && DateTime.UtcNow < deadline;)
        {
            later = await lookup.FindAsync(Name, true, default);
        }

        Assert.NotNull(later);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_told_so()
    {
        using var lookup = Of(new HangingResolver());
        using var stop = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lookup.FindAsync(Name, true, stop.Token));
    }

    [Fact]
    public async Task A_rule_of_text_defers_the_lookup_and_refuses_where_nobody_would_run_it()
    {
        var resolver = new FakeResolver { Names = { ["good.example.com"] = ["8.8.8.8"], ["bad.example.com"] = ["10.0.0.1"] } };
        using var urls = new UrlSecurity(null, TimeProvider.System, NullLoggerFactory.Instance, resolver, new SocketRecorder());
        var rule = new SafeUrlRule(urls, new SafeUrlAttribute());
        var value = "https://GOOD.example.com:443/a/../b";
        Assert.False(rule.TryApply(ref value, new ValidationScope(null, null), out var violation));
        Assert.Equal("SafeUrl", violation.Rule);
        Assert.Empty(resolver.Asked);

        var deferral = new Deferral();
        Assert.True(rule.TryApply(ref value, new ValidationScope(null, deferral), out _));
        Assert.Equal("https://good.example.com/b", value);
        Assert.Null(await Assert.Single(deferral.Checks).CheckAsync(default));

        deferral = new Deferral();
        var uri = new Uri("https://bad.example.com/");
        Assert.True(new SafeUriRule(urls, new SafeUrlAttribute()).TryApply(ref uri, new ValidationScope(null, deferral), out _));
        Assert.Equal("SafeUrl", (await Assert.Single(deferral.Checks).CheckAsync(default))!.Value.Rule);

        uri = new Uri("relative/path", UriKind.Relative);
        Assert.False(new SafeUriRule(urls, new SafeUrlAttribute()).TryApply(ref uri, new ValidationScope(null, deferral), out _));
    }

    private static HostLookup Of(IHostAddressResolver resolver) => new(resolver, TimeProvider.System, NullLogger.Instance);

    private sealed class Deferral : IDeferral
    {
        public List<IDeferredCheck> Checks { get; } = [];

        public void Defer(IDeferredCheck check) => Checks.Add(check);
    }
}
