using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Tests.Identity;
using McpSecureGen.Tests.Identity.Revocation;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Redis.Tests.Support;

/// <summary>What one server process has of Redis: its own connection, authenticator, memory and limits.</summary>
internal sealed class ServerInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ServerInstance(string configuration, TestTokens issuer, Action<RevocationOptions>? change = null)
    {
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(Log)
            .AddMcpSecurityRedis(o => o.Configuration = configuration)
            .BuildServiceProvider();
        Revocation = new(_services.GetRequiredKeyedService<IDistributedCache>(TokenRevocation.CacheServiceKey), TimeProvider.System);
        var vocabulary = CapabilityVocabulary.Create([]);
        var options = issuer.Options();
        change?.Invoke(options.Revocation);
        Authenticator = new(
            options, vocabulary, RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), TimeProvider.System, Revocation, Log, null);
    }

    public RecordingLog Log { get; } = new();

    public TokenRevocation Revocation { get; }

    public CallerAuthenticator Authenticator { get; }

    public IReplayCache Used => _services.GetRequiredService<IReplayCache>();

    public IRateLimitStore Limits => _services.GetRequiredService<IRateLimitStore>();

    public async Task<AuthenticationFailure> JudgeAsync(string token) =>
        (await Authenticator.AuthenticateAsync(token, CallerSource.CallMeta, default)).Failure;

    /// <summary>Asks until the answer comes, and how long that took.</summary>
    public async Task<TimeSpan> UntilAsync(string token, AuthenticationFailure expected, TimeSpan patience)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await JudgeAsync(token) != expected)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < patience, $"Not {expected} within {patience}.");
            await Task.Delay(2);
        }

        return TimeProvider.System.GetElapsedTime(since);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>A token that counts now, for four minutes.</summary>
    public static string Token(TestTokens issuer, string id, string subject = "alice")
    {
        var now = DateTimeOffset.UtcNow;
        return issuer.Mint(c => (c["jti"], c["sub"], c["iat"], c["exp"]) =
            (id, subject, now.AddSeconds(-2).ToUnixTimeSeconds(), now.AddMinutes(4).ToUnixTimeSeconds()));
    }
}
