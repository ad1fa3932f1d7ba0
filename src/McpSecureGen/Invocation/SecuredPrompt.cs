using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>The base of the generated wrappers of prompts; see <see cref="SecuredTool"/>.</summary>
public abstract class SecuredPrompt : McpServerPrompt
{
    private readonly PrimitiveBinding<McpServerPrompt> _binding;
    private readonly PrimitivePolicy _policy;
    private readonly Func<PromptCall, CancellationToken, ValueTask<object?>> _invoke;
    private PrimitiveGate? _gate;

    /// <summary>Makes a wrapper.</summary>
    /// <param name="binding">The SDK's prompt and how it was made.</param>
    /// <param name="policy">What its author declared.</param>
    protected SecuredPrompt(PrimitiveBinding<McpServerPrompt> binding, PrimitivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(policy);
        policy.RequireNoConfirmation();
        _binding = binding;
        _policy = policy;
        _invoke = CallAsync;
    }

    /// <inheritdoc/>
    public sealed override Prompt ProtocolPrompt => Inner.ProtocolPrompt;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<object> Metadata => Inner.Metadata;

    internal McpServerPrompt Inner => _binding.Inner;

    internal PrimitiveBinding<McpServerPrompt> Binding => _binding;

    internal PrimitiveGate Gate => _gate ??= new PrimitiveGate(
        _policy, RequestMethods.PromptsGet, ProtocolPrompt.Name, _binding.Security, [.. Arguments.Where(static a => !a.IsService).Select(static a => a.Name)]);

    internal IReadOnlyList<IArgument> DeclaredArguments => Arguments;

    /// <summary>The client-supplied parameters.</summary>
    protected abstract IReadOnlyList<IArgument> Arguments { get; }

    /// <inheritdoc/>
    public sealed override ValueTask<GetPromptResult> GetAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Attempt.RunAsync(new PromptCall(this, request), _invoke, static (call, value) => call.Finish(value), static (text, reason) => throw RefusalException.LimitExceeded(text, reason), cancellationToken);
    }

    /// <summary>Binds the parameters, closes the binding with <see cref="PrimitiveCall.Accept"/> and calls the method.</summary>
    protected abstract ValueTask<object?> CallAsync(PromptCall call, CancellationToken cancellationToken);
}
