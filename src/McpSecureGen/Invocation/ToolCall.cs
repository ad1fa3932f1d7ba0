using System.Text.Json;
using System.Text.Json.Nodes;
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

    internal override JsonObject? Meta => Context.Params?.Meta;

    internal override JsonNode? RawArguments => Context.JsonRpcRequest?.Params is JsonObject parameters ? parameters["arguments"] : null;

    private protected override ProgressToken? ProgressToken => Context.Params?.ProgressToken;

    /// <summary>For the SDK's binding: an argument in the form in which it was found good.</summary>
    public void Put<T>(Argument<T> argument, T value)
    {
        ArgumentNullException.ThrowIfNull(argument);
        (_checked ??= new CheckedArguments(Context.Params?.Arguments, _tool.Structure.Options)).Put(argument, value);
    }

    /// <summary>Lets the SDK bind and call, from the arguments given to <see cref="Put"/> and no others.</summary>
    public async ValueTask<object?> InvokeSdkAsync(CancellationToken cancellationToken)
    {
        Context.Params!.Arguments = _checked?.Values ?? new Dictionary<string, JsonElement>();
        return await _tool.Inner.InvokeAsync(Context, cancellationToken).ConfigureAwait(false);
    }

    internal (CallToolResult Result, string Outcome, int? Length) Finish(object? value)
    {
        if (Refusal is { } refusal)
        {
            return (new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = refusal.Text }] }, "refused", null);
        }

        var result = ToolResults.From(value, _tool.Structure, Server.NegotiatedProtocolVersion);
        return (result, result.IsError is true ? "tool_error" : "succeeded", ToolResults.TextLength(result));
    }
}
