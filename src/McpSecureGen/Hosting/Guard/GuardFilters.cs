#pragma warning disable MCP9005 // logging/setLevel is obsolete in the newest protocol; older clients still send it.
#pragma warning disable MCPEXP002 // Alternate tool results are experimental in the SDK; their filters run before all others, so a guard must know them.
using System.Runtime.CompilerServices;
using McpSecureGen.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// The guard's request filters. The innermost ones refuse what has no policy and shape the lists; the outermost ones, present only when the
/// server has filters of its own, refuse a call before any of those runs.
/// </summary>
internal sealed class GuardFilters
{
    /// <summary>
    /// Whose filter it is. Options that pass through two guards, as when a server over a pipe is made by hand from the options of a container,
    /// belong to the last: the wrappers are its own, and the filters of the first would refuse them all.
    /// </summary>
    private static readonly ConditionalWeakTable<object, GuardFilters> Owners = [];

    private readonly SecurityGuard _guard;
    private readonly ListFilters _lists;
    private readonly McpRequestFilter<CallToolRequestParams, CallToolResult> _callTool;
    private readonly McpRequestFilter<CallToolRequestParams, CallToolResult> _earlyCallTool;
    private readonly McpRequestInvocationFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>> _earlyAlternateCallTool;
    private readonly McpRequestFilter<GetPromptRequestParams, GetPromptResult> _getPrompt;
    private readonly McpRequestFilter<GetPromptRequestParams, GetPromptResult> _earlyGetPrompt;
    private readonly McpRequestFilter<ReadResourceRequestParams, ReadResourceResult> _readResource;
    private readonly McpRequestFilter<ReadResourceRequestParams, ReadResourceResult> _earlyReadResource;
    private readonly McpRequestFilter<SubscribeRequestParams, EmptyResult> _subscribe;
    private readonly McpRequestFilter<UnsubscribeRequestParams, EmptyResult> _unsubscribe;
    private readonly McpRequestFilter<ListToolsRequestParams, ListToolsResult> _earlyListTools;
    private readonly McpRequestFilter<ListPromptsRequestParams, ListPromptsResult> _earlyListPrompts;
    private readonly McpRequestFilter<ListResourcesRequestParams, ListResourcesResult> _earlyListResources;
    private readonly McpRequestFilter<ListResourceTemplatesRequestParams, ListResourceTemplatesResult> _earlyListTemplates;
    private readonly McpRequestFilter<SubscribeRequestParams, EmptyResult> _earlySubscribe;
    private readonly McpRequestFilter<UnsubscribeRequestParams, EmptyResult> _earlyUnsubscribe;
    private readonly McpRequestFilter<CompleteRequestParams, CompleteResult> _earlyComplete;
    private readonly McpRequestFilter<SetLevelRequestParams, EmptyResult> _earlySetLevel;

    internal GuardFilters(SecurityGuard guard)
    {
        _guard = guard;
        _lists = new ListFilters(guard.Security);
        _callTool = Innermost<CallToolRequestParams, CallToolResult>(
            static r => (r.MatchedPrimitive as SecuredTool)?.Gate, RequestMethods.ToolsCall, static p => p?.Name,
            static r => RefusalException.UnknownTool(r.Params?.Name));
        _earlyCallTool = Outermost<CallToolRequestParams, CallToolResult>(CallOf, RequestMethods.ToolsCall, static p => p?.Name);
        _earlyAlternateCallTool = async (request, next, cancellationToken) =>
        {
            var (attempt, passage) = await AdmitAsync(request, CallOf, RequestMethods.ToolsCall, request.Params?.Name, cancellationToken).ConfigureAwait(false);
            var result = await RecordUnreachedAsync(
                passage,
                attempt,
                () => next(request, cancellationToken),
                static result => result.IsAlternate ? "deferred_by_filter" : "answered_by_filter",
                static result => result.IsAlternate).ConfigureAwait(false);
            CreatedTask.Note(result, attempt.Caller!, _guard.Security.Tasks);
            return result;
        };
        _getPrompt = Innermost<GetPromptRequestParams, GetPromptResult>(
            static r => (r.MatchedPrimitive as SecuredPrompt)?.Gate, RequestMethods.PromptsGet, static p => p?.Name,
            static r => RefusalException.UnknownPrompt(r.Params?.Name));
        _earlyGetPrompt = Outermost<GetPromptRequestParams, GetPromptResult>(CallOf, RequestMethods.PromptsGet, static p => p?.Name);
        _readResource = Innermost<ReadResourceRequestParams, ReadResourceResult>(
            static r => (r.MatchedPrimitive as SecuredResource)?.Gate, RequestMethods.ResourcesRead, static p => p?.Uri,
            static r => RefusalException.UnknownResource(r.Server, r.Params?.Uri));
        _earlyReadResource = Outermost<ReadResourceRequestParams, ReadResourceResult>(CallOf, RequestMethods.ResourcesRead, static p => p?.Uri);
        _subscribe = Subscription<SubscribeRequestParams>(RequestMethods.ResourcesSubscribe, static p => p?.Uri);
        _unsubscribe = Subscription<UnsubscribeRequestParams>(RequestMethods.ResourcesUnsubscribe, static p => p?.Uri);
        _earlyListTools = Authenticated<ListToolsRequestParams, ListToolsResult>(RequestMethods.ToolsList);
        _earlyListPrompts = Authenticated<ListPromptsRequestParams, ListPromptsResult>(RequestMethods.PromptsList);
        _earlyListResources = Authenticated<ListResourcesRequestParams, ListResourcesResult>(RequestMethods.ResourcesList);
        _earlyListTemplates = Authenticated<ListResourceTemplatesRequestParams, ListResourceTemplatesResult>(RequestMethods.ResourcesTemplatesList);
        _earlySubscribe = Authenticated<SubscribeRequestParams, EmptyResult>(RequestMethods.ResourcesSubscribe);
        _earlyUnsubscribe = Authenticated<UnsubscribeRequestParams, EmptyResult>(RequestMethods.ResourcesUnsubscribe);
        _earlyComplete = Authenticated<CompleteRequestParams, CompleteResult>(RequestMethods.CompletionComplete);
        _earlySetLevel = Authenticated<SetLevelRequestParams, EmptyResult>(RequestMethods.LoggingSetLevel);
    }

    /// <summary>Puts every filter in its place, also when others were added, moved or cleared since.</summary>
    internal void Install(McpRequestFilters filters)
    {
        // The alternate filters run around the others, so where there are some, theirs is the outermost place.
        var alternates = filters.CallToolWithAlternateFilters;
        PlaceFirst(alternates, _earlyAlternateCallTool);
        if (alternates.Count > 0)
        {
            filters.CallToolFilters.Remove(_earlyCallTool);
        }

        Place(filters.CallToolFilters, _callTool, alternates.Count > 0 ? null : _earlyCallTool);
        Place(filters.GetPromptFilters, _getPrompt, _earlyGetPrompt);
        Place(filters.ReadResourceFilters, _readResource, _earlyReadResource);
        Place(filters.ListToolsFilters, _lists.Tools, _earlyListTools);
        Place(filters.ListPromptsFilters, _lists.Prompts, _earlyListPrompts);
        Place(filters.ListResourcesFilters, _lists.Resources, _earlyListResources);
        Place(filters.ListResourceTemplatesFilters, _lists.Templates, _earlyListTemplates);
        Place(filters.SubscribeToResourcesFilters, _subscribe, _earlySubscribe);
        Place(filters.UnsubscribeFromResourcesFilters, _unsubscribe, _earlyUnsubscribe);
        PlaceFirst(filters.CompleteFilters, _earlyComplete);
        PlaceFirst(filters.SetLoggingLevelFilters, _earlySetLevel);
    }

    /// <summary>Filters run in the order of the list: the last one is next to the primitive.</summary>
    private void Place<T>(IList<T> filters, T innermost, T? outermost)
        where T : class
    {
        Withdraw(filters, innermost);
        if (outermost is not null)
        {
            PlaceFirst(filters, outermost);
        }

        filters.Add(innermost);
    }

    /// <summary>Where there are no other filters, none can run before the checks, and ours is not needed.</summary>
    private void PlaceFirst<T>(IList<T> filters, T outermost)
        where T : class
    {
        Withdraw(filters, outermost);
        if (filters.Count > 0)
        {
            filters.Insert(0, outermost);
        }
    }

    /// <summary>Takes out a filter of this guard, and all of other guards.</summary>
    private void Withdraw<T>(IList<T> filters, T own)
        where T : class
    {
        Owners.TryAdd(own, this);
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if (Owners.TryGetValue(filters[i], out var owner) && (owner != this || ReferenceEquals(filters[i], own)))
            {
                filters.RemoveAt(i);
            }
        }
    }

    private McpRequestFilter<TParams, TResult> Innermost<TParams, TResult>(
        Func<RequestContext<TParams>, PrimitiveGate?> gateOf,
        string method,
        Func<TParams?, string?> nameOf,
        Func<RequestContext<TParams>, RefusalException> unknown)
        where TParams : RequestParams => next => async (request, cancellationToken) =>
        {
            Passage.MarkReached(request);
            if (gateOf(request) is { } gate && gate.Security == _guard.Security)
            {
                return await next(request, cancellationToken).ConfigureAwait(false);
            }

            // No primitive, or one without a policy of this server: whatever would run next decides nothing about security. The answer is the
            // SDK's own for an unknown name, so that it tells no more than that.
            var attempt = new MethodAttempt(_guard.Security, method, nameOf(request.Params));
            await attempt.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
            throw attempt.Refused("unknown_primitive", () => unknown(request));
        };

    private McpRequestFilter<TParams, TResult> Outermost<TParams, TResult>(
        Func<RequestContext<TParams>, SecurityGuard, PrimitiveCall?> callOf, string method, Func<TParams?, string?> nameOf)
        where TParams : RequestParams => next => async (request, cancellationToken) =>
        {
            var (attempt, passage) = await AdmitAsync(request, callOf, method, nameOf(request.Params), cancellationToken).ConfigureAwait(false);
            return await RecordUnreachedAsync(
                passage, attempt, () => next(request, cancellationToken), static _ => "answered_by_filter").ConfigureAwait(false);
        };

    private McpRequestFilter<TParams, TResult> Authenticated<TParams, TResult>(string method)
        where TParams : RequestParams => Outermost<TParams, TResult>(static (_, _) => null, method, static _ => null);

    /// <summary>Lets in whom the primitive's own gate lets in; for a name without a primitive, whoever is authenticated.</summary>
    private async ValueTask<(MethodAttempt Attempt, Passage Passage)> AdmitAsync<TParams>(
        RequestContext<TParams> request,
        Func<RequestContext<TParams>, SecurityGuard, PrimitiveCall?> callOf,
        string method,
        string? name,
        CancellationToken cancellationToken)
        where TParams : RequestParams
    {
        var attempt = new MethodAttempt(_guard.Security, method, name);
        var call = callOf(request, _guard);
        if (call is not null)
        {
            await call.Gate.AdmitAsync(call, cancellationToken).ConfigureAwait(false);
            attempt.For(call.Caller);
        }
        else
        {
            await attempt.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return (attempt, Passage.Open(request, call));
    }

    /// <summary>Where a filter of the server answers or refuses by itself, no wrapper puts the attempt on the record: this does.</summary>
    private static async ValueTask<TResult> RecordUnreachedAsync<TResult>(
        Passage passage, MethodAttempt attempt, Func<ValueTask<TResult>> next, Func<TResult, string> reasonOf, Func<TResult, bool>? runsElsewhere = null)
    {
        TResult result;
        try
        {
            result = await next().ConfigureAwait(false);
        }
        catch when (!passage.IsReached)
        {
            attempt.Record("refused", "refused_by_filter");
            throw;
        }

        // What runs on in the background is an attempt of its own, with its own record, whether it has begun by now or not.
        if (!passage.IsReached || runsElsewhere?.Invoke(result) == true)
        {
            attempt.Record("allowed", reasonOf(result));
        }

        return result;
    }

    private static ToolCall? CallOf(RequestContext<CallToolRequestParams> request, SecurityGuard guard) =>
        request.MatchedPrimitive is SecuredTool tool && tool.Gate.Security == guard.Security ? new ToolCall(tool, request) : null;

    private static PromptCall? CallOf(RequestContext<GetPromptRequestParams> request, SecurityGuard guard) =>
        request.MatchedPrimitive is SecuredPrompt prompt && prompt.Gate.Security == guard.Security ? new PromptCall(prompt, request) : null;

    private static ResourceCall? CallOf(RequestContext<ReadResourceRequestParams> request, SecurityGuard guard) =>
        request.MatchedPrimitive is SecuredResource resource && resource.Gate.Security == guard.Security ? new ResourceCall(resource, request) : null;

    private McpRequestFilter<TParams, EmptyResult> Subscription<TParams>(string method, Func<TParams?, string?> uriOf)
        where TParams : RequestParams => next => async (request, cancellationToken) =>
        {
            Passage.MarkReached(request);
            var attempt = new MethodAttempt(_guard.Security, method, null);
            var caller = await attempt.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
            var uri = uriOf(request.Params);
            if (uri is null || !_guard.MayRead(caller, request.Server, uri))
            {
                // Whether a resource exists is a secret to those who may not read it: both answers are one.
                throw attempt.Refused("unknown_primitive", () => RefusalException.UnknownResource(request.Server, uri));
            }

            return await attempt.RunAsync(() => next(request, cancellationToken)).ConfigureAwait(false);
        };
}
