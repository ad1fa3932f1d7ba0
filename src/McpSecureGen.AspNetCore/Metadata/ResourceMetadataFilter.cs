using McpSecureGen.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Metadata;

/// <summary>
/// Serves the metadata before everything else of the application: clients without a token read it (RFC 9728, section 3.1), so no authorization of the
/// author may stand before it, and no other handler answers in its place.
/// </summary>
internal sealed class ResourceMetadataFilter(EndpointGuard guard) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => context => IsAsked(context)
            ? guard.RunPublicAsync(
                context,
                HttpMethods.IsOptions(context.Request.Method)
                    ? ResourceMetadataDocument.AllowAsync
                    : context.RequestServices.GetRequiredService<ResourceMetadataDocument>().WriteAsync)
            : following(context));
        next(app);
    };

    private static bool IsAsked(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || IsPreflight(context.Request)) &&
        context.Request.Path.StartsWithSegments(ResourceUri.WellKnown, StringComparison.Ordinal, out var resource) &&
        context.RequestServices.GetRequiredService<ResourceMetadataDocument>().IsOf(resource);

    /// <summary>A browser's question whether a page may ask: made where the page sends a header of its own.</summary>
    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;
}
