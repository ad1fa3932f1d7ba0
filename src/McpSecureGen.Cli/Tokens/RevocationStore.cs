using McpSecureGen.Identity;
using McpSecureGen.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Cli.Tokens;

/// <summary>The list of revoked tokens that servers share. Where it is comes from settings or environment, never from an argument: it may hold a password.</summary>
internal sealed class RevocationStore : IAsyncDisposable
{
    public const string Setting = $"{RedisSecurityOptions.SectionName}:{nameof(RedisSecurityOptions.Configuration)}";

    /// <summary>Longer than a healthy store ever takes, short enough that nobody thinks it was done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services;
    private readonly IDistributedCache _cache;

    private RevocationStore(ServiceProvider services, TimeProvider time)
    {
        _services = services;
        _cache = services.GetRequiredKeyedService<IDistributedCache>(TokenRevocation.CacheServiceKey);
        List = new(_cache, time);
    }

    /// <summary>The list itself.</summary>
    public TokenRevocation List { get; }

    public static bool IsConfigured(IConfiguration configuration) => configuration[Setting] is { Length: > 0 };

    /// <exception cref="CliException">No store is configured.</exception>
    public static RevocationStore Open(IConfiguration configuration, TimeProvider time)
    {
        if (!IsConfigured(configuration))
        {
            throw CliException.File(
                $"{Setting} is not set: there is no store that servers share, so nothing outside a server can revoke. Set it in the settings file (--config) "
                + "or as environment variable McpSecurity__Redis__Configuration, as for the servers.");
        }

        // Made as a server makes it, so that prefix, time-outs and the form of the entries are the same.
        var services = new ServiceCollection().AddSingleton(configuration).AddMcpSecurityRedis().BuildServiceProvider();
        try
        {
            return new(services, time);
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects if that is possible. A server has its connection when a token comes; without this, the first question would run out of time while the
    /// connection is made, and a good token would look refused.
    /// </summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _cache.GetAsync("mcpsec:connect", cancellationToken).WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What does not work shows in the verdict.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Writes to the list.</summary>
    /// <exception cref="CliException">The store did not take it.</exception>
    public async Task RunAsync(Func<TokenRevocation, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write(List).WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store fails in many ways; all mean the same to who revokes.
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // The messages of the client library name addresses and may quote its configuration. The type says enough.
            throw new CliException(
                ExitCodes.StoreUnavailable,
                $"The store of {Setting} did not confirm the revocation ({error.GetType().Name}). Treat the token as not revoked: check that the store runs and "
                + "that its address and password are right, then run the command again.");
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
