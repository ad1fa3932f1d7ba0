#pragma warning disable MCPEXP002 // Custom request handlers and the alternate tool handler are experimental in the SDK; a guard must know them all the same.
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using McpSecureGen.Audit;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Handlers and filters that answer by themselves, without a primitive that has a policy: refused, or opened by a setting that names them.</summary>
internal sealed class HandlerPolicy(SecurityServices security, McpSecurityOptions options)
{
    private static readonly ConditionalWeakTable<McpServerRequestHandler, GatedHandler> Gated = [];

    internal void Check(McpServerOptions server, List<string> problems)
    {
        Refuse(server.Handlers.CallToolHandler, "CallToolHandler", "a tool");
        Refuse(server.Handlers.CallToolWithAlternateHandler, "CallToolWithAlternateHandler", "a tool");
        Refuse(server.Handlers.GetPromptHandler, "GetPromptHandler", "a prompt");
        Refuse(server.Handlers.ReadResourceHandler, "ReadResourceHandler", "a resource");

        foreach (var handler in server.RequestHandlers ?? [])
        {
            if (!IsGated(handler) && !options.AllowedRequestMethods.Contains(handler.Method, StringComparer.Ordinal))
            {
                problems.Add(
                    $"- request handler '{handler.Method}' has no declaration of what its callers may do. Remove it, or list the method in " +
                    "McpSecurity:AllowedRequestMethods to open it to every authenticated caller.");
            }
        }

        if (!options.AllowMessageFilters && server.Filters.Message is { } filters && filters.IncomingFilters.Count + filters.OutgoingFilters.Count > 0)
        {
            problems.Add(
                "- a message filter runs before every check and can answer requests itself. Use a request filter, or set " +
                "McpSecurity:AllowMessageFilters to true.");
        }

        void Refuse(object? handler, string name, string what)
        {
            if (handler is not null)
            {
                problems.Add($"- {name} answers calls without {what} that declares capabilities. Write {what} as an annotated method instead.");
            }
        }
    }

    internal void Apply(McpServerOptions server)
    {
        if (server.RequestHandlers is not { } handlers)
        {
            return;
        }

        for (var i = 0; i < handlers.Count; i++)
        {
            if (!IsGated(handlers[i]))
            {
                handlers[i] = Gate(Gated.TryGetValue(handlers[i], out var other) ? other.Inner : handlers[i]);
            }
        }
    }

    private bool IsGated(McpServerRequestHandler handler) => Gated.TryGetValue(handler, out var gated) && gated.By == this;

    private McpServerRequestHandler Gate(McpServerRequestHandler inner)
    {
        var gated = new McpServerRequestHandler
        {
            Method = inner.Method,
            RoutingNameParameter = inner.RoutingNameParameter,
            Handler = async (request, cancellationToken) =>
            {
                var attempt = new MethodAttempt(security, inner.Method, null);
                await attempt.AuthenticateAsync(
                    services: null, (request.Params as JsonObject)?["_meta"] as JsonObject, request.Context?.User, cancellationToken).ConfigureAwait(false);
                return await attempt.RunAsync(() => inner.Handler(request, cancellationToken)).ConfigureAwait(false);
            },
        };
        Gated.Add(gated, new GatedHandler(this, inner));
        return gated;
    }

    /// <summary>By whom a handler was gated, and what stands behind the gate.</summary>
    private sealed record GatedHandler(HandlerPolicy By, McpServerRequestHandler Inner);
}
