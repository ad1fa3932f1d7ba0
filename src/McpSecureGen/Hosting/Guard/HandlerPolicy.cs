#pragma warning disable MCPEXP002 // Custom request handlers and the alternate tool handler are experimental in the SDK; a guard must know them all the same.
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Handlers and filters that answer by themselves, without a primitive that has a policy: refused, or opened by a setting that names them.</summary>
internal sealed class HandlerPolicy(SecurityServices security, McpSecurityOptions options)
{
    private static readonly ConditionalWeakTable<McpServerRequestHandler, GatedHandler> Gated = [];

    private readonly NotificationGate _notifications = new(security, options);

    internal void Check(McpServerOptions server, List<string> problems)
    {
        Refuse(server.Handlers.CallToolHandler, "CallToolHandler", "a tool");
        Refuse(server.Handlers.CallToolWithAlternateHandler, "CallToolWithAlternateHandler", "a tool");
        Refuse(server.Handlers.GetPromptHandler, "GetPromptHandler", "a prompt");
        Refuse(server.Handlers.ReadResourceHandler, "ReadResourceHandler", "a resource");

        foreach (var handler in server.RequestHandlers ?? [])
        {
            if (!IsGated(handler) && !IsAllowed(handler.Method))
            {
                problems.Add(
                    $"- request handler '{handler.Method}' has no declaration of what its callers may do. Remove it, name the capabilities they need in " +
                    $"McpSecurity:RequestMethods:{handler.Method}, or list the method in McpSecurity:AllowedRequestMethods to open it to every " +
                    "authenticated caller.");
            }
        }

        _notifications.Check(server.Handlers, problems);
        if (!options.AllowMessageFilters && server.Filters.Message is { } filters &&
            filters.IncomingFilters.Concat(filters.OutgoingFilters).Any(static filter => !MessageGate.IsGuards(filter)))
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
        _notifications.Install(server.Handlers);
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

    private bool IsAllowed(string method) =>
        options.AllowedRequestMethods.Contains(method, StringComparer.Ordinal) || options.RequestMethods.ContainsKey(method);

    private bool IsGated(McpServerRequestHandler handler) => Gated.TryGetValue(handler, out var gated) && gated.By == this;

    private McpServerRequestHandler Gate(McpServerRequestHandler inner)
    {
        var requirement = options.RequestMethods.TryGetValue(inner.Method, out var capabilities)
            ? security.Vocabulary.Require(inner.Method, capabilities)
            : null;
        var gated = new McpServerRequestHandler
        {
            Method = inner.Method,
            RoutingNameParameter = inner.RoutingNameParameter,
            Handler = async (request, cancellationToken) =>
            {
                var attempt = new MethodAttempt(security, inner.Method, null) { Required = requirement?.Names ?? [] };
                var caller = await attempt.AuthenticateAsync(
                    services: null, (request.Params as JsonObject)?["_meta"] as JsonObject, request.Context?.User, cancellationToken).ConfigureAwait(false);
                Authorize(attempt, caller, inner.Method, requirement);
                RequireOwnTask(attempt, caller, inner.Method, request.Params as JsonObject);
                return await attempt.RunAsync(() => inner.Handler(request, cancellationToken)).ConfigureAwait(false);
            },
        };
        Gated.Add(gated, new GatedHandler(this, inner));
        return gated;
    }

    private void Authorize(MethodAttempt attempt, Caller caller, string method, CapabilityRequirement? requirement)
    {
        if (requirement is null)
        {
            return;
        }

        if (!caller.May(requirement))
        {
            throw attempt.Refused("insufficient_capability", () => Forbidden(RefusalException.Insufficient(caller.MissingFor(requirement))));
        }

        if (!caller.IsSenderConstrained && security.SenderConstraints.Touch(requirement, security.Vocabulary))
        {
            throw attempt.Refused("sender_constraint_required", () => Forbidden(RefusalException.SenderConstraintRequired(requirement.Names)));
        }

        RefusalException Forbidden(RefusalException named) => security.ConcealForbidden
            ? RefusalException.Unknown($"Method '{method}' is not available.", McpErrorCode.MethodNotFound)
            : named;
    }

    /// <summary>
    /// Whoever asks for a task must have made it. Otherwise the answer is the one of the SDK's extension for a task it does not know, and the handler is not
    /// asked: what it says of a foreign task could differ.
    /// </summary>
    private void RequireOwnTask(MethodAttempt attempt, Caller caller, string method, JsonObject? parameters)
    {
        if (!method.StartsWith("tasks/", StringComparison.Ordinal))
        {
            return;
        }

        var taskId = parameters?["taskId"] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
        if (!security.Tasks.IsOwner(taskId, caller))
        {
            throw attempt.Refused("unknown_task", () => RefusalException.Unknown($"Unknown task: '{taskId}'"));
        }
    }

    /// <summary>By whom a handler was gated, and what stands behind the gate.</summary>
    private sealed record GatedHandler(HandlerPolicy By, McpServerRequestHandler Inner);
}
