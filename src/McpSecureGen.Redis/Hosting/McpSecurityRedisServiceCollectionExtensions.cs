using System.Globalization;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets several server processes share what was revoked, what was used once, and how often a caller called.</summary>
public static class McpSecurityRedisServiceCollectionExtensions
{
    /// <summary>
    /// Keeps the list of revoked tokens, the memory of used proofs and confirmations, and the counts of rate limits in Redis. The application's own
    /// <c>IDistributedCache</c> is left alone. Needs <c>AddMcpSecurity</c> or the interceptors besides, in whatever order.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Settings in code, applied after configuration section <c>McpSecurity:Redis</c>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// While Redis does not answer, limits, proofs and confirmations are refused, and tokens as <c>McpSecurity:Authentication:Revocation:WhenUnavailable</c>
    /// says. It is tried again by itself. A wrong setting stops the server at start-up.
    /// </remarks>
    public static IServiceCollection AddMcpSecurityRedis(this IServiceCollection services, Action<RedisSecurityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.PostConfigure(configure);
        }

        if (services.Any(static descriptor => descriptor.ServiceType == typeof(RedisConnection)))
        {
            return services;
        }

        services.AddOptions<RedisSecurityOptions>().Configure<IServiceProvider>(static (options, provider) =>
            Read((provider.GetService<IConfiguration>() ?? ProcessSecurity.EnvironmentConfiguration()).GetSection(RedisSecurityOptions.SectionName), options));
        services.AddSingleton(static provider => new RedisConnection(provider.GetRequiredService<IOptions<RedisSecurityOptions>>().Value));
        services.AddSingleton(static provider => new OutageLog(
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("McpSecureGen.Redis"), Time(provider)));
        services.AddKeyedSingleton<IDistributedCache>(TokenRevocation.CacheServiceKey, static (provider, _) => Cache(provider));
        services.Replace(ServiceDescriptor.Singleton<IReplayCache>(static provider => new RedisReplayCache(
            provider.GetRequiredService<RedisConnection>(), provider.GetRequiredService<OutageLog>(), Time(provider))));
        services.Replace(ServiceDescriptor.Singleton<IRateLimitStore>(static provider => new RedisRateLimits(
            provider.GetRequiredService<RedisConnection>(), provider.GetRequiredService<OutageLog>())));
        return services;
    }

    private static TimeProvider Time(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static RedisCache Cache(IServiceProvider provider)
    {
        var connection = provider.GetRequiredService<RedisConnection>();
        return new(Options.Options.Create(new RedisCacheOptions
        {
            ConnectionMultiplexerFactory = () => connection.GetAsync(CancellationToken.None).AsTask(),
            InstanceName = connection.KeyPrefix,
        }));
    }

    /// <summary>By hand: the binder would need reflection, or a generator of its own for three settings.</summary>
    private static void Read(IConfigurationSection section, RedisSecurityOptions options)
    {
        options.Configuration = section[nameof(options.Configuration)] ?? options.Configuration;
        options.KeyPrefix = section[nameof(options.KeyPrefix)] ?? options.KeyPrefix;
        if (section[nameof(options.Timeout)] is { } timeout)
        {
            options.Timeout = TimeSpan.TryParse(timeout, CultureInfo.InvariantCulture, out var time)
                ? time
                : throw new McpSecurityConfigurationException(
                    $"{RedisSecurityOptions.SectionName}:Timeout is not a time. Write it as hours, minutes and seconds: 00:00:00.400.");
        }
    }
}
