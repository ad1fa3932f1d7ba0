using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>
/// The base of the generated wrappers of tools. It keeps the SDK's own protocol object and takes every decision at the one place where the
/// user's method is called: identity, capability, strict binding and validation, the call, the record.
/// </summary>
public abstract class SecuredTool : McpServerTool
{
    private readonly PrimitiveBinding<McpServerTool> _binding;
    private readonly PrimitivePolicy _policy;
    private readonly Func<ToolCall, CancellationToken, ValueTask<object?>> _invoke;
    private PrimitiveGate? _gate;
    private bool? _revealsSensitive;

    /// <summary>Makes a wrapper.</summary>
    /// <param name="binding">The SDK's tool and how it was made.</param>
    /// <param name="policy">What its author declared.</param>
    protected SecuredTool(PrimitiveBinding<McpServerTool> binding, PrimitivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(policy);
        _binding = binding;
        _policy = policy;
        _invoke = CallAsync;
        Structure = new StructuredContent(binding.Inner.ProtocolTool.OutputSchema, binding.SerializerOptions);
    }

    /// <inheritdoc/>
    public sealed override Tool ProtocolTool => Inner.ProtocolTool;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<object> Metadata => Inner.Metadata;

    internal McpServerTool Inner => _binding.Inner;

    internal Activation? Activation => _binding.Activation;

    internal StructuredContent Structure { get; }

    /// <summary>
    /// Whether the SDK, calling the method by itself, would write out sensitive members: its serializer options are its own. Worked out on the first such
    /// call from the declared type of the result.
    /// </summary>
    internal bool RevealsSensitive => _revealsSensitive ??= SensitiveResults.MayReveal(Metadata, Structure);

    internal PrimitiveGate Gate => _gate ??= new PrimitiveGate(
        _policy, RequestMethods.ToolsCall, ProtocolTool.Name, _binding.Security, [.. Arguments.Where(static a => !a.IsService).Select(static a => a.Name)]);

    internal IReadOnlyList<IArgument> DeclaredArguments => Arguments;

    /// <summary>The client-supplied parameters.</summary>
    protected abstract IReadOnlyList<IArgument> Arguments { get; }

    /// <inheritdoc/>
    public sealed override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Attempt.RunAsync(new ToolCall(this, request), _invoke, static (call, value) => call.Finish(value), static (text, _) => ToolCall.Error(text), cancellationToken);
    }

    /// <summary>Binds the parameters, closes the binding with <see cref="PrimitiveCall.Accept"/> and calls the method.</summary>
    /// <returns>What the method returned; <see langword="null"/> for none.</returns>
    protected abstract ValueTask<object?> CallAsync(ToolCall call, CancellationToken cancellationToken);
}
