using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace McpSecureGen.Http;

/// <summary>The paths of the MCP endpoints, for what is decided without routing.</summary>
internal sealed class McpRoutes(EndpointDataSource endpoints)
{
    internal bool Matches(PathString path) => endpoints.Endpoints.Any(endpoint => McpEndpoints.IsMcp(endpoint) &&
        new TemplateMatcher(new RouteTemplate(((RouteEndpoint)endpoint).RoutePattern), []).TryMatch(path, []));
}
