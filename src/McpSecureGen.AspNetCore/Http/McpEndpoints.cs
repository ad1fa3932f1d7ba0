using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Http;

/// <summary>Knows the endpoints that <c>MapMcp</c> makes.</summary>
/// <remarks>
/// By any of three marks, because conventions of the author may take each of them away: a filter hides the SDK's method, <c>WithDisplayName</c> replaces
/// the name, <c>WithMetadata</c> adds and a convention may clear. An endpoint that none of them marks is not guarded, its messages carry no caller, and
/// every call in them is refused.
/// </remarks>
internal static class McpEndpoints
{
    private static readonly System.Reflection.Assembly Sdk = typeof(HttpServerTransportOptions).Assembly;

    internal static bool IsMcp(Endpoint endpoint) => endpoint is RouteEndpoint { RequestDelegate: { } handler } &&
        (handler.Method.DeclaringType?.Assembly == Sdk || IsNamed(endpoint.DisplayName) || endpoint.Metadata.Any(IsOfMcp));

    private static bool IsNamed(string? name) => name is not null &&
        (name.Contains("MCP Streamable HTTP | ", StringComparison.Ordinal) || name.Contains("MCP HTTP with SSE | ", StringComparison.Ordinal));

    private static bool IsOfMcp(object metadata) => metadata is IProducesResponseTypeMetadata { Type: { } type } && type == typeof(JsonRpcError);
}
