using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Http;

/// <summary>An endpoint of the SDK behind the guard. Everything else about it stays: route, order, name, metadata, and so the author's own conventions.</summary>
internal sealed class GuardedEndpoint(RequestDelegate server)
{
    internal static Endpoint Of(RouteEndpoint endpoint) => new RouteEndpoint(
        new GuardedEndpoint(endpoint.RequestDelegate!).InvokeAsync, endpoint.RoutePattern, endpoint.Order, endpoint.Metadata, endpoint.DisplayName);

    internal Task InvokeAsync(HttpContext context) => context.RequestServices.GetRequiredService<EndpointGuard>().RunAsync(context, server);
}
