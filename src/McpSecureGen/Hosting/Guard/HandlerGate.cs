#pragma warning disable MCP9005 // logging/setLevel is obsolete in the newest protocol; older clients still send it.
using System.Runtime.CompilerServices;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// Handlers of the author that belong to no primitive and to no filter of the guard: they answer an authenticated caller only, and subscribe one
/// to nothing it may not read.
/// </summary>
internal sealed class HandlerGate(SecurityGuard guard)
{
    /// <summary>
    /// Handlers made here, by whom and around which of the author's, so that no guard answers through another. Weak, because stateless HTTP makes
    /// new options, and so new handlers, on every request.
    /// </summary>
    private static readonly ConditionalWeakTable<Delegate, GatedHandler> Gated = [];

    internal void Install(McpServerHandlers handlers)
    {
        handlers.SetLoggingLevelHandler = Gate(handlers.SetLoggingLevelHandler, RequestMethods.LoggingSetLevel, static _ => []);
        handlers.SubscriptionsListenHandler = Gate(
            handlers.SubscriptionsListenHandler, RequestMethods.SubscriptionsListen, static p => p?.Notifications?.ResourceSubscriptions ?? []);
    }

    private McpRequestHandler<TParams, EmptyResult>? Gate<TParams>(
        McpRequestHandler<TParams, EmptyResult>? users, string method, Func<TParams?, IList<string>> urisOf)
        where TParams : RequestParams
    {
        if (users is not null && Gated.TryGetValue(users, out var known))
        {
            if (known.By == this)
            {
                return users;
            }

            users = (McpRequestHandler<TParams, EmptyResult>)known.Users;
        }

        if (users is null)
        {
            return null;
        }

        McpRequestHandler<TParams, EmptyResult> gated = async (request, cancellationToken) =>
        {
            Passage.MarkReached(request);
            var attempt = new MethodAttempt(guard.Security, method, null);
            var caller = await attempt.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var uri in urisOf(request.Params))
            {
                if (!guard.MayRead(caller, request.Server, uri))
                {
                    // Whether a resource exists is a secret to those who may not read it: both answers are one.
                    throw attempt.Refused("unknown_primitive", () => RefusalException.UnknownResource(request.Server, uri));
                }
            }

            return await attempt.RunAsync(() => users(request, cancellationToken)).ConfigureAwait(false);
        };
        Gated.Add(gated, new GatedHandler(this, users));
        return gated;
    }

    /// <summary>By whom a handler was gated, and what stands behind the gate.</summary>
    private sealed record GatedHandler(HandlerGate By, Delegate Users);
}
