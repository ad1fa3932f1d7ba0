using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>The base of the generated wrappers of resources and resource templates; see <see cref="SecuredTool"/>.</summary>
public abstract class SecuredResource : McpServerResource
{
    private readonly PrimitiveBinding<McpServerResource> _binding;
    private readonly PrimitivePolicy _policy;
    private readonly Func<ResourceCall, CancellationToken, ValueTask<object?>> _invoke;
    private PrimitiveGate? _gate;

    /// <summary>Makes a wrapper.</summary>
    /// <param name="binding">The SDK's resource and how it was made.</param>
    /// <param name="policy">What its author declared.</param>
    protected SecuredResource(PrimitiveBinding<McpServerResource> binding, PrimitivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(policy);
        policy.RequireNoConfirmation();
        _binding = binding;
        _policy = policy;
        _invoke = CallAsync;
        Template = binding.Inner.IsTemplated ? new UriTemplate(binding.Inner.ProtocolResourceTemplate.UriTemplate) : null;
    }

    /// <inheritdoc/>
    public sealed override ResourceTemplate ProtocolResourceTemplate => Inner.ProtocolResourceTemplate;

    /// <inheritdoc/>
    public sealed override Resource? ProtocolResource => Inner.ProtocolResource;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<object> Metadata => Inner.Metadata;

    internal McpServerResource Inner => _binding.Inner;

    internal PrimitiveBinding<McpServerResource> Binding => _binding;

    /// <summary>The parsed template; <see langword="null"/> for a resource with one fixed URI.</summary>
    internal UriTemplate? Template { get; }

    internal PrimitiveGate Gate => _gate ??= new PrimitiveGate(
        _policy, RequestMethods.ResourcesRead, ProtocolResourceTemplate.UriTemplate, _binding.Security, [.. Arguments.Where(static a => !a.IsService).Select(static a => a.Name)]);

    internal IReadOnlyList<IArgument> DeclaredArguments => Arguments;

    /// <summary>The parameters taken from the URI.</summary>
    protected abstract IReadOnlyList<IArgument> Arguments { get; }

    /// <inheritdoc/>
    public sealed override bool IsMatch(string uri) => Inner.IsMatch(uri);

    /// <inheritdoc/>
    public sealed override ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Attempt.RunAsync(new ResourceCall(this, request), _invoke, static (call, value) => call.Finish(value), static (text, reason) => throw RefusalException.LimitExceeded(text, reason), cancellationToken);
    }

    /// <summary>Binds the parameters, closes the binding with <see cref="PrimitiveCall.Accept"/> and calls the method.</summary>
    protected abstract ValueTask<object?> CallAsync(ResourceCall call, CancellationToken cancellationToken);
}
