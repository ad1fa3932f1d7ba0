using System.Runtime.CompilerServices;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// Replaces every primitive of a server's options by its generated wrapper and refuses the rest, and puts its filters where nothing comes
/// between them and the wrapper. Applying it again changes nothing that is already as it should be.
/// </summary>
/// <remarks>
/// It is applied from a post-configure, again from the validation of the options, which runs after every later post-configure, from the
/// intercepted <c>McpServer.Create</c>, and around the session callback of the HTTP transport. See docs/guard.md.
/// </remarks>
internal sealed class SecurityGuard
{
    internal const string Refusal = "The server holds what McpSecureGen cannot secure, and does not start:";

    private readonly ConditionalWeakTable<McpServerTool, SecuredTool> _tools = [];
    private readonly ConditionalWeakTable<McpServerPrompt, SecuredPrompt> _prompts = [];
    private readonly ConditionalWeakTable<McpServerResource, SecuredResource> _resources = [];
    private readonly GuardFilters _filters;
    private readonly HandlerPolicy _handlers;
    private readonly CompletionGate _completions;
    private readonly HandlerGate _otherHandlers;
    private readonly MessageGate _messages;

    internal SecurityGuard(SecurityServices security, McpSecurityOptions options)
    {
        Security = security;
        _filters = new GuardFilters(this);
        _handlers = new HandlerPolicy(security, options);
        _completions = new CompletionGate(this);
        _otherHandlers = new HandlerGate(this);
        _messages = new MessageGate(this);
    }

    internal SecurityServices Security { get; }

    /// <summary>Secures <paramref name="options"/>.</summary>
    /// <exception cref="McpSecurityConfigurationException">Something in them cannot be secured; each thing is named with its remedy, and nothing is changed.</exception>
    internal void Apply(McpServerOptions options)
    {
        var problems = new List<string>();
        _handlers.Check(options, problems);
        var tools = Secured(options.ToolCollection, Secure, Unwrapped, problems);
        var prompts = Secured(options.PromptCollection, Secure, Unwrapped, problems);
        var resources = SecuredResources(options.ResourceCollection, problems);
        if (problems.Count > 0)
        {
            throw new McpSecurityConfigurationException(
                [Refusal, .. problems.Distinct(StringComparer.Ordinal)]);
        }

        options.ToolCollection = tools;
        options.PromptCollection = prompts;
        options.ResourceCollection = resources;
        _handlers.Apply(options);
        _completions.Install(options);
        _otherHandlers.Install(options.Handlers);
        _filters.Install(options.Filters.Request);
        _messages.Install(options.Filters.Message);
    }

    /// <summary>Whether a URI names a secured resource of this server that the caller may read.</summary>
    internal bool MayRead(Caller caller, McpServer server, string uri) =>
        server.ServerOptions.ResourceCollection?.OfType<SecuredResource>().FirstOrDefault(resource => IsOurs(resource) && resource.IsMatch(uri))
            is { } resource && resource.Gate.Allows(caller);

    internal McpServerTool Secure(McpServerTool tool) => tool is SecuredTool secured && secured.Gate.Security == Security
        ? secured
        : _tools.GetValue(Unwrapped(tool), inner => PrimitiveWrapping.Wrap(inner, Security));

    internal McpServerPrompt Secure(McpServerPrompt prompt) => prompt is SecuredPrompt secured && secured.Gate.Security == Security
        ? secured
        : _prompts.GetValue(Unwrapped(prompt), inner => PrimitiveWrapping.Wrap(inner, Security));

    internal McpServerResource Secure(McpServerResource resource) => resource is SecuredResource secured && secured.Gate.Security == Security
        ? secured
        : _resources.GetValue(Unwrapped(resource), inner => PrimitiveWrapping.Wrap(inner, Security));

    /// <summary>A wrapper of another server is opened again: each server decides with its own services.</summary>
    private static McpServerTool Unwrapped(McpServerTool tool) => tool is SecuredTool secured ? secured.Inner : tool;

    private static McpServerPrompt Unwrapped(McpServerPrompt prompt) => prompt is SecuredPrompt secured ? secured.Inner : prompt;

    private static McpServerResource Unwrapped(McpServerResource resource) => resource is SecuredResource secured ? secured.Inner : resource;

    /// <summary>A null collection stays null: an empty one would make the server advertise a feature it does not have.</summary>
    private McpServerPrimitiveCollection<T>? Secured<T>(
        McpServerPrimitiveCollection<T>? collection, Func<T, T> secure, Func<T, T> unwrap, List<string> problems)
        where T : class, IMcpServerPrimitive
    {
        if (collection is null || (collection is GuardedCollection<T> ours && ours.Guard == this))
        {
            return collection;
        }

        var guarded = new GuardedCollection<T>(this, secure, unwrap);
        foreach (var primitive in collection)
        {
            Try(() => guarded.Add(primitive), problems);
        }

        return guarded;
    }

    /// <summary>
    /// The SDK's resource collection cannot be subclassed, so a new one of its own kind is filled, and watched: what is added later is wrapped in
    /// place, or taken out again with an error for the one who added it.
    /// </summary>
    private McpServerResourceCollection? SecuredResources(McpServerResourceCollection? collection, List<string> problems)
    {
        if (collection is null || (Watched.TryGetValue(collection, out var guard) && guard == this && collection.All(IsOurs)))
        {
            return collection;
        }

        var secured = new McpServerResourceCollection();
        foreach (var resource in collection)
        {
            Try(() => secured.Add(Secure(resource)), problems);
        }

        Watched.Add(secured, this);
        secured.Changed += (_, _) => SecureLateResources(secured);
        return secured;
    }

    private void SecureLateResources(McpServerResourceCollection collection)
    {
        foreach (var resource in collection.ToArray())
        {
            if (!IsOurs(resource) && collection.Remove(resource))
            {
                collection.TryAdd(Secure(resource));
            }
        }
    }

    private bool IsOurs(McpServerResource resource) => resource is SecuredResource secured && secured.Gate.Security == Security;

    private static readonly ConditionalWeakTable<McpServerResourceCollection, SecurityGuard> Watched = [];

    private static void Try(Action add, List<string> problems)
    {
        try
        {
            add();
        }
        catch (McpSecurityConfigurationException e)
        {
            problems.AddRange(e.Problems);
        }
    }
}
