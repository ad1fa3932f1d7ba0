using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpSecureGen.Http;

/// <summary>
/// Routing itself answers 415 to a message of another content type than the SDK's endpoints take, before the guard has seen it. It is an attempt all the
/// same: the guard refuses it in its own order, and puts it on the record.
/// </summary>
internal sealed class RoutingRefusalFilter(EndpointGuard guard, McpRoutes routes) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => async context =>
        {
            await following(context).ConfigureAwait(false);
            if (context.Response.StatusCode == StatusCodes.Status415UnsupportedMediaType && !context.Response.HasStarted &&
                context.GetEndpoint() is not RouteEndpoint && routes.Matches(context.Request.Path))
            {
                await guard.RunAsync(context, static _ => Task.CompletedTask).ConfigureAwait(false);
            }
        });
        next(app);
    };
}
