using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.RawTools;

/// <summary>Subclasses of the SDK's base classes: what they do on a call is theirs alone.</summary>
public sealed class HandMadeTool(string name = "hand_made", IReadOnlyList<object>? metadata = null) : McpServerTool
{
    public override Tool ProtocolTool { get; } = new() { Name = name };

    public override IReadOnlyList<object> Metadata => metadata ?? [];

    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new CallToolResult { Content = [new TextContentBlock { Text = RawEffects.Ran() }] });
}

public sealed class HandMadePrompt : McpServerPrompt
{
    public override Prompt ProtocolPrompt { get; } = new() { Name = "hand_made" };

    public override IReadOnlyList<object> Metadata => [];

    public override ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken = default)
    {
        RawEffects.Ran();
        return ValueTask.FromResult(new GetPromptResult());
    }
}

public sealed class HandMadeResource : McpServerResource
{
    public override ResourceTemplate ProtocolResourceTemplate { get; } = new() { UriTemplate = "raw://hand", Name = "hand_made" };

    public override IReadOnlyList<object> Metadata => [];

    public override bool IsMatch(string uri) => uri == "raw://hand";

    public override ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        RawEffects.Ran();
        return ValueTask.FromResult(new ReadResourceResult());
    }
}

/// <summary>Looks like the tool it wraps, metadata included, and does something else before.</summary>
public sealed class DelegatingTool(McpServerTool inner) : DelegatingMcpServerTool(inner)
{
    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        RawEffects.Ran();
        return base.InvokeAsync(request, cancellationToken);
    }
}

public sealed class DelegatingPrompt(McpServerPrompt inner) : DelegatingMcpServerPrompt(inner)
{
    public override ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken = default)
    {
        RawEffects.Ran();
        return base.GetAsync(request, cancellationToken);
    }
}

public sealed class DelegatingResource(McpServerResource inner) : DelegatingMcpServerResource(inner)
{
    public override ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        RawEffects.Ran();
        return base.ReadAsync(request, cancellationToken);
    }
}

/// <summary>For registrations by implementation type.</summary>
public sealed class HandMadeWithoutArguments() : DelegatingMcpServerTool(new HandMadeTool("raw_by_type"));
