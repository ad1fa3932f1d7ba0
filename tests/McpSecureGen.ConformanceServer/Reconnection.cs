using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.ConformanceServer;

/// <summary>Closes the stream of one tool after the call, so that its client has to come back for the result (SEP-1699).</summary>
internal static class Reconnection
{
    public const string Tool = "test_reconnection";

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(500);

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (request.Params.Name == Tool)
            {
                await request.EnablePollingAsync(s_retryAfter, cancellationToken);
            }

            return result;
        };
}
