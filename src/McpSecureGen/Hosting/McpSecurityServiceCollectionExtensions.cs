using System.Reflection;
using McpSecureGen;
using McpSecureGen.Hosting;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Identity;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Installs the guard by hand, where interceptors are switched off. Referencing the package does the same by itself.</summary>
public static class McpSecurityServiceCollectionExtensions
{
    /// <summary>Secures every MCP server of the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Settings in code, applied after configuration section <c>McpSecurity</c>.</param>
    /// <param name="hostAssembly">The assembly whose roles and capability definitions count; by default the entry assembly.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>Calling it again adds the assembly and the settings; the guard itself is installed once.</remarks>
    /// <exception cref="InvalidOperationException">There is no entry assembly and none is given.</exception>
    public static IServiceCollection AddMcpSecurity(
        this IServiceCollection services, Action<McpSecurityOptions>? configure = null, Assembly? hostAssembly = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        hostAssembly ??= Assembly.GetEntryAssembly() ??
            throw new InvalidOperationException("There is no entry assembly; pass the assembly of the host to AddMcpSecurity.");
        if (!services.Any(descriptor => descriptor.ImplementationInstance is HostAssembly known && known.Assembly == hostAssembly))
        {
            services.AddSingleton(new HostAssembly(hostAssembly));
        }

        if (configure is not null)
        {
            services.PostConfigure(configure);
        }

        if (services.Any(static descriptor => descriptor.ServiceType == typeof(HostSecurity)))
        {
            return services;
        }

        services.AddOptions<McpSecurityOptions>().Configure<IServiceProvider>(static (options, provider) =>
            McpSecuritySettings.Bind(provider.GetService<IConfiguration>() ?? ProcessSecurity.EnvironmentConfiguration(), options));
        services.AddSingleton(provider => Create(services, provider));
        services.TryAddSingleton(static provider => provider.GetRequiredService<HostSecurity>().Revocation);
        services.TryAddSingleton(static provider => new ConfinedHttp(provider.GetRequiredService<HostSecurity>().Urls));
        services.TryAddSingleton(static provider => provider.GetRequiredService<HostSecurity>().Processes);
        services.TryAddSingleton(static provider => provider.GetRequiredService<HostSecurity>().ConfinedRoots);
        services.TryAddSingleton<IReplayCache>(static provider => new InMemoryReplayCache(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<McpServerOptions>, GuardOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<McpServerOptions>, GuardOptionsSetup>());

        // Without this an unsecured tool would show at the first request of an HTTP server, not at its start.
        services.AddOptions<McpServerOptions>().ValidateOnStart();
        return services;
    }

    private static HostSecurity Create(IServiceCollection services, IServiceProvider provider)
    {
        // The collection is complete by now, whatever the order of the calls that filled it.
        var isHttp = services.Any(static descriptor => descriptor.ServiceType.Assembly.GetName().Name == "ModelContextProtocol.AspNetCore");
        var isLocal = !isHttp && services.Any(static descriptor => descriptor.ServiceType == typeof(ITransport));
        var options = provider.GetRequiredService<IOptions<McpSecurityOptions>>().Value;
        return new HostSecurity(
            options,
            [.. provider.GetServices<HostAssembly>().Select(static host => host.Assembly)],
            [.. provider.GetServices<ICredentialSource>()],
            isHttp,
            isLocal,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            SharedMemory.Of(provider, options.Authentication.Revocation),
            provider.GetService<IHostAddressResolver>(),
            provider.GetService<IAddressDialer>());
    }
}
