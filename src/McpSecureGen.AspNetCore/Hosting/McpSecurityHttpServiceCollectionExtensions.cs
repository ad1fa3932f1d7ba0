using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Installs what a server needs over HTTP by hand, where interceptors are switched off. Referencing the package does the same by itself.</summary>
public static class McpSecurityHttpServiceCollectionExtensions
{
    /// <summary>
    /// Takes callers from the <c>Authorization: Bearer</c> header of each request and from nowhere else, and secures the options of each session after
    /// <see cref="HttpServerTransportOptions.ConfigureSessionOptions"/>. Needs <c>AddMcpSecurity</c> besides; calling it again changes nothing.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// A server whose transport options set <c>EnableLegacySse</c> or <c>PerSessionExecutionContext</c> does not start: with either, calls run under
    /// the request that opened the session and not under their own.
    /// </remarks>
    public static IServiceCollection AddMcpSecurityHttp(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHttpContextAccessor();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialSource, AuthorizationHeaderCredential>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpServerTransportOptions>, HttpSessionGuard>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpServerTransportOptions>, HttpSessionGuard>());
        services.AddOptions<HttpServerTransportOptions>().ValidateOnStart();
        return services;
    }
}
