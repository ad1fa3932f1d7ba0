using McpSecureGen.Hosting;
using McpSecureGen.Http;
using McpSecureGen.Identity;
using McpSecureGen.Metadata;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using SchemeOptions = Microsoft.AspNetCore.Authentication.AuthenticationOptions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Installs what a server needs over HTTP by hand, where interceptors are switched off. Referencing the package does the same by itself.</summary>
public static class McpSecurityHttpServiceCollectionExtensions
{
    /// <summary>
    /// Guards every endpoint that <c>MapMcp</c> makes (docs/http.md), takes callers from the <c>Authorization</c> header of each request and from nowhere
    /// else, serves the protected resource metadata, and secures the options of each session after
    /// <see cref="HttpServerTransportOptions.ConfigureSessionOptions"/>. Needs <c>AddMcpSecurity</c> besides; calling it again changes nothing.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddMcpSecurityHttp(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(static descriptor => descriptor.ServiceType == typeof(EndpointGuard)))
        {
            return services;
        }

        AddCallers(services);
        AddEndpointGuard(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpServerTransportOptions>, HttpSessionGuard>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpServerTransportOptions>, HttpSessionGuard>());
        services.AddOptions<HttpServerTransportOptions>().ValidateOnStart();
        return services;
    }

    private static void AddCallers(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialSource, AuthorizationHeaderCredential>());
        services.AddSingleton(ProofVerifier.From);
        services.AddSingleton<CallerTokenHandler>();
        services.AddScoped<CallerEvents>();
        services.AddAuthentication().AddJwtBearer(McpSecurityAuthentication.Scheme, static _ => { });
        services.AddSingleton<CallerScheme>();
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>>(static provider => provider.GetRequiredService<CallerScheme>());
        services.AddSingleton<IPostConfigureOptions<SchemeOptions>>(static provider => provider.GetRequiredService<CallerScheme>());
    }

    private static void AddEndpointGuard(IServiceCollection services)
    {
        services.AddRouting();
        services.AddSingleton<SessionOwners>();
        services.AddSingleton<EndpointGuard>();
        services.AddSingleton<McpRoutes>();
        services.AddSingleton<ResourceIdentity>();
        services.AddSingleton<ResourceMetadataDocument>();
        services.AddSingleton(static provider => HttpSecuritySettings.Read(
            provider.GetRequiredService<IOptions<HttpSecurityOptions>>().Value,
            provider.GetRequiredService<ResourceIdentity>().Audience));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, McpEndpointPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ResourceMetadataFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RoutingRefusalFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HttpSecurityOptions>, HttpSecuritySetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpSecurityOptions>, HttpSecuritySetup>());
        services.AddSingleton<PublicBindingCheck>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<PublicBindingCheck>());
        services.AddOptions<HttpSecurityOptions>().ValidateOnStart();
    }
}
