using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation.Output;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>One call of a tool.</summary>
public sealed class ToolCall : PrimitiveCall
{
    private readonly SecuredTool _tool;
    private CheckedArguments? _checked;

    internal ToolCall(SecuredTool tool, RequestContext<CallToolRequestParams> request)
        : base(tool.Gate, request, tool.Activation)
    {
        _tool = tool;
        Context = request;
    }

    /// <summary>The request.</summary>
    public RequestContext<CallToolRequestParams> Context { get; }

    /// <summary>The arguments as the client sent them.</summary>
    public ArgumentReader Arguments => new(this, Context.Params?.Arguments);

    internal override RequestParams? Params => Context.Params;

    internal override string Noun => "tool";

    internal override string BoundName => Context.Params?.Name ?? "";

    internal override JsonNode? RawArguments => Context.JsonRpcRequest?.Params is JsonObject parameters ? parameters["arguments"] : null;

    internal override RefusalException Unknown() => RefusalException.UnknownTool(Context.Params?.Name);

    private protected override ProgressToken? ProgressToken => Context.Params?.ProgressToken;

    /// <summary>For the SDK's binding: an argument in the form in which it was found good.</summary>
    public void Put<T>(Argument<T> argument, T value)
    {
        ArgumentNullException.ThrowIfNull(argument);
        (_checked ??= new CheckedArguments(Context.Params?.Arguments, _tool.Structure.Options)).Put(argument, value);
    }

    /// <summary>Lets the SDK bind and call, from the arguments given to <see cref="Put"/> and no others.</summary>
    /// <exception cref="McpException">The result may hold sensitive members, which the SDK would write out. The method is not called.</exception>
    public async ValueTask<object?> InvokeSdkAsync(CancellationToken cancellationToken)
    {
        if (_tool.RevealsSensitive)
        {
            throw new McpException(
                "The result may hold members marked [Sensitive], and the tool was registered in a way in which they cannot be redacted. Register it with WithTools.");
        }

        var sent = Context.Params!.Arguments;
        Context.Params.Arguments = _checked?.Values ?? new Dictionary<string, JsonElement>();
        try
        {
            return await _tool.Inner.InvokeAsync(Context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A filter that calls again sends what the client sent, and not what was made of it.
            Context.Params.Arguments = sent;
        }
    }

    internal Ending<CallToolResult> Finish(object? value)
    {
        if ((Refusal?.Text ?? Unconfirmed) is { } refusal)
        {
            // It may repeat the name of an argument, which the client chose.
            return new(Error(CharacterScan.Neutralise(refusal)), "refused");
        }

        var result = ToolResults.From(value, _tool.Structure, Server.NegotiatedProtocolVersion);
        return OutputCheck.Conclude(
            this, result, result.IsError is true ? "tool_error" : "succeeded", ToolResults.TextLength, OutputSize.Of, Outgoing.Of);
    }

    /// <summary>A model reads results and can correct itself; it never sees an error of the protocol.</summary>
    internal static CallToolResult Error(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
}
