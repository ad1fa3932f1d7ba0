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
            Like(result, new ListToolsResult { Tools = Visible(result.Tools, tool => Find(request.Server.ServerOptions.ToolCollection, tool.Name) is SecuredTool secured && secured.Gate.Allows(caller)) }), cancellationToken);

    internal McpRequestFilter<ListPromptsRequestParams, ListPromptsResult> Prompts { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.PromptsList, request, next, (result, caller) =>
            Like(result, new ListPromptsResult { Prompts = Visible(result.Prompts, prompt => Find(request.Server.ServerOptions.PromptCollection, prompt.Name) is SecuredPrompt secured && secured.Gate.Allows(caller)) }), cancellationToken);

    internal McpRequestFilter<ListResourcesRequestParams, ListResourcesResult> Resources { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.ResourcesList, request, next, (result, caller) =>
            Like(result, new ListResourcesResult { Resources = Visible(result.Resources, resource => MayRead(request.Server, resource.Uri, caller)) }), cancellationToken);

    internal McpRequestFilter<ListResourceTemplatesRequestParams, ListResourceTemplatesResult> Templates { get; } = next => (request, cancellationToken) =>
        ListAsync(security, RequestMethods.ResourcesTemplatesList, request, next, (result, caller) =>
            Like(result, new ListResourceTemplatesResult { ResourceTemplates = Visible(result.ResourceTemplates, template => MayRead(request.Server, template.UriTemplate, caller)) }), cancellationToken);

    private static async ValueTask<TResult> ListAsync<TParams, TResult>(
        SecurityServices security,
        string method,
        RequestContext<TParams> request,
        McpRequestHandler<TParams, TResult> next,
        Func<TResult, Caller, TResult> visible,
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
                return visible(await next(request, cancellationToken).ConfigureAwait(false), caller);
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

    /// <summary>All but the list itself.</summary>
    private static T Like<T>(T original, T copy)
        where T : PaginatedResult, ICacheableResult
    {
        copy.NextCursor = original.NextCursor;
        copy.Meta = original.Meta;
        copy.ResultType = original.ResultType;
        copy.TimeToLive = original.TimeToLive;
        copy.CacheScope = original.CacheScope;
        return copy;
    }

    /// <summary>A list of its own: that of a handler may be one that it keeps, for callers who may see more.</summary>
    private static List<T> Visible<T>(IList<T> items, Func<T, bool> isVisible) => [.. items.Where(isVisible)];
}
