using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Hosting;

/// <summary>What a container holds for several server processes to share: revocations, counts, things used once. Each null where this process is alone.</summary>
internal sealed record SharedMemory(IDistributedCache? Revocations, IRateLimitStore? RateLimits, IReplayCache? Replays)
{
    /// <summary>The cache under <see cref="TokenRevocation.CacheServiceKey"/>; the application's own only where the operator chose it.</summary>
    internal static SharedMemory Of(IServiceProvider? provider, RevocationOptions options) => new(
        RevocationCache(provider) ?? (options.UseDistributedCache ? provider?.GetService<IDistributedCache>() : null),
        provider?.GetService<IRateLimitStore>(),
        provider?.GetService<IReplayCache>());

    /// <summary>Whether the container holds any, so that it must not be taken for another.</summary>
    internal static bool IsIn(IServiceProvider? provider) =>
        provider is not null
        && (RevocationCache(provider) ?? provider.GetService<IRateLimitStore>() ?? (object?)provider.GetService<IReplayCache>()) is not null;

    private static IDistributedCache? RevocationCache(IServiceProvider? provider) =>
        (provider as IKeyedServiceProvider)?.GetKeyedService(typeof(IDistributedCache), TokenRevocation.CacheServiceKey) as IDistributedCache;
}
