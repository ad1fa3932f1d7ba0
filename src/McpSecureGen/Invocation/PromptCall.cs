using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>One request for a prompt.</summary>
public sealed class PromptCall : PrimitiveCall
{
    private readonly SecuredPrompt _prompt;
    private CheckedArguments? _checked;

    internal PromptCall(SecuredPrompt prompt, RequestContext<GetPromptRequestParams> request)
        : base(prompt.Gate, request, prompt.Binding.Activation)
    {
        _prompt = prompt;
        Context = request;
    }

    /// <summary>The request.</summary>
    public RequestContext<GetPromptRequestParams> Context { get; }

    /// <summary>The arguments as the client sent them.</summary>
    public ArgumentReader Arguments => new(this, Context.Params?.Arguments, stringsAreText: true);

    internal override RequestParams? Params => Context.Params;

    internal override string Noun => "prompt";

    internal override string BoundName => Context.Params?.Name ?? "";

    internal override JsonNode? RawArguments => Context.JsonRpcRequest?.Params is JsonObject parameters ? parameters["arguments"] : null;

    internal override RefusalException Unknown() => RefusalException.UnknownPrompt(Context.Params?.Name);

    private protected override ProgressToken? ProgressToken => Context.Params?.ProgressToken;

    /// <summary>For the SDK's binding: an argument in the form in which it was found good.</summary>
    public void Put<T>(Argument<T> argument, T value)
    {
        ArgumentNullException.ThrowIfNull(argument);
        (_checked ??= new CheckedArguments(Context.Params?.Arguments, _prompt.Binding.SerializerOptions)).Put(argument, value);
    }

    /// <summary>Lets the SDK bind and call, from the arguments given to <see cref="Put"/> and no others.</summary>
    public async ValueTask<object?> InvokeSdkAsync(CancellationToken cancellationToken)
    {
        var sent = Context.Params!.Arguments;
        Context.Params.Arguments = _checked?.Values ?? new Dictionary<string, JsonElement>();
        try
        {
            return await _prompt.Inner.GetAsync(Context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A filter that calls again sends what the client sent, and not what was made of it.
            Context.Params.Arguments = sent;
        }
    }

    internal Ending<GetPromptResult> Finish(object? value)
    {
        if (Refusal is { } refusal)
        {
            // A prompt's result has no error flag, so the protocol's own error carries what is wrong.
            throw RefusalException.InvalidArgument(refusal);
        }

        var result = From(value);
        return OutputCheck.Conclude(this, result, "succeeded", static _ => null, OutputSize.Of, Outgoing.Of);
    }

    private GetPromptResult From(object? value) => value switch
    {
        GetPromptResult ready => ready,
        string text => Of([new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text } }]),
        PromptMessage message => Of([message]),
        IEnumerable<PromptMessage> messages => Of([.. messages]),
        ChatMessage message => Of([.. message.ToPromptMessages()]),
        IEnumerable<ChatMessage> messages => Of([.. messages.SelectMany(static message => message.ToPromptMessages())]),
        null => throw new InvalidOperationException("Null result returned from prompt function."),
        _ => throw new InvalidOperationException($"Unknown result type '{value.GetType()}' returned from prompt function."),
    };

    private GetPromptResult Of(IList<PromptMessage> messages) => new() { Description = _prompt.ProtocolPrompt.Description, Messages = messages };
}
