using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using McpSecureGen.Hosting.Guard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting;

/// <summary>The security of servers that are made without a container: configured by environment variables, shared by the whole process.</summary>
internal static class ProcessSecurity
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<HostSecurity>> Hosts = new();

    /// <summary>
    /// Containers without a guard but with a configuration, or with a memory that processes share: the keys of one must never decide about the callers
    /// of another, nor its list about what was revoked there.
    /// </summary>
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<Assembly, Lazy<HostSecurity>>> Configured = [];

    internal static IConfiguration EnvironmentConfiguration() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>The guard of a server made by <c>McpServer.Create</c>: that of its container when it has one, otherwise the process's own.</summary>
    internal static SecurityGuard GuardOf(Assembly hostAssembly, IServiceProvider? provider, ILoggerFactory? loggers, ITransport transport)
    {
        var isLocal = transport is StreamServerTransport;
        var shared = provider?.GetService<HostSecurity>() ?? Shared(hostAssembly, provider, loggers);
        return shared.Guard.Security.IsLocal == isLocal
            ? shared.Guard
            : new SecurityGuard(shared.Guard.Security with { IsLocal = isLocal }, shared.Options);
    }

    private static HostSecurity Shared(Assembly hostAssembly, IServiceProvider? provider, ILoggerFactory? loggers)
    {
        var configuration = provider?.GetService<IConfiguration>();
        var scope = SharedMemory.IsIn(provider) ? provider : (object?)configuration;
        var hosts = scope is null ? Hosts : Configured.GetValue(scope, static _ => new());
        return hosts.GetOrAdd(
            hostAssembly,
            assembly => new Lazy<HostSecurity>(() => Create(assembly, configuration ?? EnvironmentConfiguration(), provider, loggers))).Value;
    }

    private static HostSecurity Create(Assembly hostAssembly, IConfiguration configuration, IServiceProvider? provider, ILoggerFactory? loggers)
    {
        var options = new McpSecurityOptions();
        McpSecuritySettings.Bind(configuration, options);
        return new HostSecurity(
            options,
            [hostAssembly],
            [],
            isHttp: false,
            isLocal: true,
            TimeProvider.System,
            loggers ?? NullLoggerFactory.Instance,
            SharedMemory.Of(provider, options.Authentication.Revocation),
            provider?.GetService<IHostAddressResolver>());
    }
}
