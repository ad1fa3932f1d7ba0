using System.Collections;
using System.Text.Json.Nodes;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Handler = System.Collections.Generic.KeyValuePair<string, System.Func<ModelContextProtocol.Protocol.JsonRpcNotification, System.Threading.CancellationToken, System.Threading.Tasks.ValueTask>>;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Notification handlers of the author: those the operator has named, for an authenticated caller. What nobody vouches for is dropped and recorded.</summary>
internal sealed class NotificationGate(SecurityServices security, McpSecurityOptions options)
{
    internal void Check(McpServerHandlers handlers, List<string> problems)
    {
        foreach (var (method, _) in Users(handlers))
        {
            if (!IsAllowed(method))
            {
                problems.Add(
                    $"- a notification handler for '{method}' has no declaration of who may set it off. Remove it, or list the method in " +
                    "McpSecurity:AllowedNotifications to open it to every authenticated caller.");
            }
        }
    }

    internal void Install(McpServerHandlers handlers)
    {
        if (handlers.NotificationHandlers is not null && (handlers.NotificationHandlers as Gated)?.By != this)
        {
            Handler[] users = [.. Users(handlers).Where(user => IsAllowed(user.Key))];
            handlers.NotificationHandlers = new Gated(this, users, [.. users.Select(user => new Handler(user.Key, Gate(user)))]);
        }
    }

    private static IEnumerable<Handler> Users(McpServerHandlers handlers) => handlers.NotificationHandlers switch
    {
        null => [],
        Gated gated => gated.Users,
        var users => users,
    };

    private bool IsAllowed(string method) => options.AllowedNotifications.Contains(method, StringComparer.Ordinal);

    private Func<JsonRpcNotification, CancellationToken, ValueTask> Gate(Handler user) => async (notification, cancellationToken) =>
    {
        var attempt = new MethodAttempt(security, user.Key, null);
        try
        {
            await attempt.AuthenticateAsync(
                services: null, (notification.Params as JsonObject)?["_meta"] as JsonObject, notification.Context?.User, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException)
        {
            // A notification has no answer. The refusal is on the record.
            return;
        }

        await attempt.RunAsync(async () =>
        {
            await user.Value(notification, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    };

    /// <summary>By whom handlers were gated, and what stands behind the gate, so that no guard answers through another.</summary>
    private sealed class Gated(NotificationGate by, Handler[] users, Handler[] handlers) : IEnumerable<Handler>
    {
        internal NotificationGate By => by;

        internal Handler[] Users => users;

        public IEnumerator<Handler> GetEnumerator() => ((IEnumerable<Handler>)handlers).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
