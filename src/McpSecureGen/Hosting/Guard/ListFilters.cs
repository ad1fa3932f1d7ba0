using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Shows a caller in lists only what it may use. A convenience: the call itself is checked whatever a list has shown (CVE-2026-77243).</summary>
internal sealed class ListFilters(SecurityServices security)
{
    internal McpRequestFilter<ListToolsRequestParams, ListToolsResult> Tools { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.ToolsList, request, next, (result, caller) =>
            Keep(result.Tools, tool => Find(request.Server.ServerOptions.ToolCollection, tool.Name) is SecuredTool secured && secured.Gate.Allows(caller)), cancellationToken);

    internal McpRequestFilter<ListPromptsRequestParams, ListPromptsResult> Prompts { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.PromptsList, request, next, (result, caller) =>
            Keep(result.Prompts, prompt => Find(request.Server.ServerOptions.PromptCollection, prompt.Name) is SecuredPrompt secured && secured.Gate.Allows(caller)), cancellationToken);

    internal McpRequestFilter<ListResourcesRequestParams, ListResourcesResult> Resources { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.ResourcesList, request, next, (result, caller) =>
            Keep(result.Resources, resource => MayRead(request.Server, resource.Uri, caller)), cancellationToken);

    internal McpRequestFilter<ListResourceTemplatesRequestParams, ListResourceTemplatesResult> Templates { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.ResourcesTemplatesList, request, next, (result, caller) =>
            Keep(result.ResourceTemplates, template => MayRead(request.Server, template.UriTemplate, caller)), cancellationToken);

    private static async ValueTask<TResult> ListAsync<TParams, TResult>(
        SecurityServices security,
        string method,
        RequestContext<TParams> request,
        McpRequestHandler<TParams, TResult> next,
        Action<TResult, Caller> filter,
        CancellationToken cancellationToken)
        where TParams : RequestParams
    {
        Passage.MarkReached(request);
        var attempt = new MethodAttempt(security, method, null);
        var caller = await attempt.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        return await attempt.RunAsync(async () =>
        {
            GuardedCollection<McpServerTool>.IsListing = true;
            try
            {
                var result = await next(request, cancellationToken).ConfigureAwait(false);
                filter(result, caller);
                return result;
            }
            finally
            {
                GuardedCollection<McpServerTool>.IsListing = false;
            }
        }).ConfigureAwait(false);
    }

    private static bool MayRead(McpServer server, string uri, Caller caller) =>
        Find(server.ServerOptions.ResourceCollection, uri) is SecuredResource secured && secured.Gate.Allows(caller);

    private static T? Find<T>(McpServerPrimitiveCollection<T>? collection, string id)
        where T : class, IMcpServerPrimitive => collection is not null && collection.TryGetPrimitive(id, out var primitive) ? primitive : null;

    private static void Keep<T>(IList<T> items, Func<T, bool> isVisible)
    {
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (!isVisible(items[i]))
            {
                items.RemoveAt(i);
            }
        }
    }
}
