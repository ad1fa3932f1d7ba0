using System.Runtime.CompilerServices;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// Completion of prompt arguments and template variables, as the SDK does it for its own primitives and for no wrappers: allowed values and enum
/// members. Unlike the SDK's it answers only those who may use the prompt or resource.
/// </summary>
internal sealed class CompletionGate(SecurityGuard guard)
{
    /// <summary>Handlers made here, by whom and around which of the user's, so that no guard answers through another.</summary>
    private static readonly ConditionalWeakTable<object, Installed> Made = [];

    internal void Install(McpServerOptions options)
    {
        var users = options.Handlers.CompleteHandler;
        if (users is not null && Made.TryGetValue(users, out var installed))
        {
            if (installed.By == this)
            {
                return;
            }

            users = installed.Users;
            options.Handlers.CompleteHandler = users;
        }

        if (users is null && !Arguments(options).Any(static argument => argument.AllowedValues is not null))
        {
            // Nothing to complete: a handler would make the server advertise what it does not have.
            return;
        }

        McpRequestHandler<CompleteRequestParams, CompleteResult> gated = (request, cancellationToken) => CompleteAsync(users, request, cancellationToken);
        Made.Add(gated, new Installed(this, users));
        options.Handlers.CompleteHandler = gated;
    }

    private async ValueTask<CompleteResult> CompleteAsync(
        McpRequestHandler<CompleteRequestParams, CompleteResult>? users,
        RequestContext<CompleteRequestParams> request,
        CancellationToken cancellationToken)
    {
        Passage.MarkReached(request);
        var attempt = new MethodAttempt(guard.Security, RequestMethods.CompletionComplete, (request.Params?.Ref as PromptReference)?.Name);
        var caller = await attempt.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        var (gate, arguments) = Find(request.Server.ServerOptions, request.Params?.Ref);
        if (gate is null || !gate.Allows(caller))
        {
            throw attempt.Refused("unknown_primitive", static () => RefusalException.Unknown("Unknown prompt or resource."));
        }

        return await attempt.RunAsync(async () =>
        {
            var result = users is null ? new CompleteResult() : await users(request, cancellationToken).ConfigureAwait(false);
            if (request.Params?.Argument is { } asked &&
                arguments.FirstOrDefault(argument => argument.Name == asked.Name)?.AllowedValues is { } values)
            {
                foreach (var value in values.Where(value => value.StartsWith(asked.Value, StringComparison.OrdinalIgnoreCase)))
                {
                    result.Completion.Values.Add(value);
                }

                result.Completion.Total = result.Completion.Values.Count;
            }

            return result;
        }).ConfigureAwait(false);
    }

    private static (PrimitiveGate? Gate, IReadOnlyList<IArgument> Arguments) Find(McpServerOptions options, Reference? reference) => reference switch
    {
        PromptReference prompt when options.PromptCollection is { } prompts &&
            prompts.TryGetPrimitive(prompt.Name, out var found) && found is SecuredPrompt secured => (secured.Gate, secured.DeclaredArguments),
        ResourceTemplateReference { Uri: { } uri } when options.ResourceCollection is { } resources &&
            resources.TryGetPrimitive(uri, out var found) && found is SecuredResource secured => (secured.Gate, secured.DeclaredArguments),
        _ => (null, []),
    };

    private static IEnumerable<IArgument> Arguments(McpServerOptions options) =>
        (options.PromptCollection?.ToArray() ?? []).OfType<SecuredPrompt>().SelectMany(static prompt => prompt.DeclaredArguments)
            .Concat((options.ResourceCollection?.ToArray() ?? []).OfType<SecuredResource>().SelectMany(static resource => resource.DeclaredArguments));

    private sealed record Installed(CompletionGate By, McpRequestHandler<CompleteRequestParams, CompleteResult>? Users);
}
