#pragma warning disable MCP9005 // logging/setLevel is obsolete in the newest protocol; older clients still send it.
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// The guard's message filters, for what the SDK answers by itself and no request filter sees: <c>subscriptions/listen</c>, <c>logging/setLevel</c>, and the
/// answer that wakes a call it has suspended.
/// </summary>
/// <remarks>
/// <c>initialize</c>, <c>server/discover</c> and <c>ping</c> are the handshake: they tell what any client must know before it can present a token, and nothing that
/// depends on one.
/// </remarks>
internal sealed class MessageGate
{
    private static readonly ConditionalWeakTable<McpMessageFilter, MessageGate> Owners = [];

    private readonly SecurityGuard _guard;
    private readonly McpMessageFilter _incoming;
    private readonly McpMessageFilter _outgoing;

    internal MessageGate(SecurityGuard guard)
    {
        _guard = guard;
        _incoming = next => (context, cancellationToken) => Receive(context, next, cancellationToken);
        _outgoing = next => (context, cancellationToken) =>
        {
            SealSuspended(context);
            return next(context, cancellationToken);
        };
        Owners.Add(_incoming, this);
        Owners.Add(_outgoing, this);
    }

    /// <summary>Whether a filter is a guard's, and not one of the author's.</summary>
    internal static bool IsGuards(McpMessageFilter filter) => Owners.TryGetValue(filter, out _);

    /// <summary>Puts the filters before all others. Those of another guard go: options belong to the last.</summary>
    internal void Install(McpMessageFilters filters)
    {
        Place(filters.IncomingFilters, _incoming);
        Place(filters.OutgoingFilters, _outgoing);
    }

    private static void Place(IList<McpMessageFilter> filters, McpMessageFilter own)
    {
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if (IsGuards(filters[i]))
            {
                filters.RemoveAt(i);
            }
        }

        filters.Insert(0, own);
    }

    private Task Receive(MessageContext context, McpMessageHandler next, CancellationToken cancellationToken) => context.JsonRpcMessage is JsonRpcRequest request
        ? RecordUnreadAsync(request, context, next, cancellationToken)
        : next(context, cancellationToken);

    /// <summary>
    /// What no handler has seen has no record of its own: params that are not those of the method, a method that is not there. Both are attempts all the same.
    /// </summary>
    private async Task RecordUnreadAsync(
        JsonRpcRequest request, MessageContext context, McpMessageHandler next, CancellationToken cancellationToken)
    {
        try
        {
            await Route(context, next, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            await RecordAsync("invalid_envelope", "Params").ConfigureAwait(false);
            throw new McpProtocolException("The params are not those of the method.", McpErrorCode.InvalidParams);
        }
        catch (McpProtocolException e) when (e.ErrorCode == McpErrorCode.MethodNotFound && e is not RefusalException)
        {
            await RecordAsync("unknown_method", null).ConfigureAwait(false);
            throw;
        }

        async Task RecordAsync(string reason, string? rule)
        {
            var identity = await CallerAuthentication
                .ResolveAsync(_guard.Security, context.Services, Meta(request), context.User, cancellationToken).ConfigureAwait(false);
            var method = request.Method.Length <= 128 && request.Method.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.')
                ? request.Method
                : "(unprintable method)";
            new TransportAttempt(_guard.Security, method) { Caller = identity.Caller }.RecordRefusal(reason, rule);
        }
    }

    private Task Route(MessageContext context, McpMessageHandler next, CancellationToken cancellationToken) => context.JsonRpcMessage switch
    {
        JsonRpcRequest { Params: JsonObject parameters } request when HasRepeatedMembers(parameters) => throw Refused(request),
        JsonRpcRequest { Method: RequestMethods.SubscriptionsListen } listen when context.Server.ServerOptions.Handlers.SubscriptionsListenHandler is null =>
            ListenAsync(listen, context, next, cancellationToken),
        JsonRpcRequest { Method: RequestMethods.LoggingSetLevel } level => SetLevelAsync(level, context, next, cancellationToken),
        JsonRpcRequest { Method: RequestMethods.ToolsCall or RequestMethods.PromptsGet or RequestMethods.ResourcesRead, Params: JsonObject parameters } call
            when parameters.ContainsKey(SuspendedCall.State) => ResumeAsync(call, parameters, context, next, cancellationToken),
        _ => next(context, cancellationToken),
    };

    /// <summary>
    /// A name that stands twice, also in another case: the SDK takes the last one, and somebody before it may have judged the first (CVE-2026-27896). What
    /// stands twice among the arguments of a call is told to the caller by the binding.
    /// </summary>
    private static bool HasRepeatedMembers(JsonObject parameters)
    {
        try
        {
            return parameters.Count < 0 || (parameters["_meta"] as JsonObject)?.Count < 0;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private RefusalException Refused(JsonRpcRequest request) => new MethodAttempt(_guard.Security, request.Method, null).Refused(
        "invalid_envelope", static () => RefusalException.Unknown("The parameters hold the same member twice."));

    private async Task ListenAsync(JsonRpcRequest request, MessageContext context, McpMessageHandler next, CancellationToken cancellationToken)
    {
        var attempt = new MethodAttempt(_guard.Security, request.Method, null);
        var caller = await attempt.AuthenticateAsync(context.Services, Meta(request), context.User, cancellationToken).ConfigureAwait(false);
        var asked = ((request.Params as JsonObject)?["notifications"] as JsonObject)?["resourceSubscriptions"] as JsonArray;
        foreach (var item in asked ?? [])
        {
            var uri = item is JsonValue value && value.TryGetValue(out string? text) ? text : null;
            if (uri is null || !_guard.MayRead(caller, context.Server, uri))
            {
                // Whether a resource exists is a secret to those who may not read it: both answers are one.
                throw attempt.Refused("unknown_primitive", () => RefusalException.UnknownResource(context.Server, uri));
            }
        }

        await RunAsync(attempt, context, next, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The SDK changes the level before it asks a handler, so the caller is asked for here in any case. Not over a pipe where the SDK alone answers: whoever
    /// is at its other end gets what the server logs and nobody else, and clients set the level with no credential as part of connecting (MCP Inspector).
    /// </summary>
    private async Task SetLevelAsync(JsonRpcRequest request, MessageContext context, McpMessageHandler next, CancellationToken cancellationToken)
    {
        if (_guard.Security.IsLocal && context.Server.ServerOptions.Handlers.SetLoggingLevelHandler is null)
        {
            await next(context, cancellationToken).ConfigureAwait(false);
            return;
        }

        var attempt = new MethodAttempt(_guard.Security, request.Method, null);
        await attempt.AuthenticateAsync(context.Services, Meta(request), context.User, cancellationToken).ConfigureAwait(false);
        var isRecordedLater = context.Server.ServerOptions.Handlers.SetLoggingLevelHandler is not null;
        await (isRecordedLater ? next(context, cancellationToken) : RunAsync(attempt, context, next, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// The SDK wakes a suspended call for whoever knows its id, past every check of the call. Here the id is good for the caller alone who made the call,
    /// and on no wire.
    /// </summary>
    private async Task ResumeAsync(
        JsonRpcRequest request, JsonObject parameters, MessageContext context, McpMessageHandler next, CancellationToken cancellationToken)
    {
        var state = parameters[SuspendedCall.State] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        var identity = await CallerAuthentication
            .ResolveAsync(_guard.Security, context.Services, Meta(request), context.User, cancellationToken).ConfigureAwait(false);
        if (identity.Caller is { } caller &&
            SuspendedCall.Binding(caller, request.Method, Name(parameters)) is var binding &&
            _guard.Security.States.Open(StatePurpose.Continuation, binding, state) is { Content: { } id })
        {
            parameters[SuspendedCall.State] = id;
            SuspendedCall.Note(context, binding);
        }
        else if (SuspendedCall.IsId(state))
        {
            // What the SDK would take for one: it becomes a first call, which its own checks refuse or let in.
            parameters.Remove(SuspendedCall.State);
            parameters.Remove(SuspendedCall.Responses);
        }

        await next(context, cancellationToken).ConfigureAwait(false);
    }

    private void SealSuspended(MessageContext context)
    {
        if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result } &&
            result[SuspendedCall.State] is JsonValue value && value.TryGetValue(out string? id) && SuspendedCall.IsId(id))
        {
            if (SuspendedCall.Of(context) is { } binding)
            {
                result[SuspendedCall.State] = _guard.Security.States.Seal(StatePurpose.Continuation, binding, id, RequestStates.AuthorTime);
            }
            else
            {
                result.Remove(SuspendedCall.State);
            }
        }
    }

    private static async Task RunAsync(MethodAttempt attempt, MessageContext context, McpMessageHandler next, CancellationToken cancellationToken) =>
        await attempt.RunAsync(async () =>
        {
            await next(context, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    private static JsonObject? Meta(JsonRpcRequest request) => (request.Params as JsonObject)?["_meta"] as JsonObject;

    private static string Name(JsonObject parameters) =>
        (parameters["name"] ?? parameters["uri"]) is JsonValue value && value.TryGetValue(out string? name) ? name : "";
}
