using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Invocation;

/// <summary>What a tool method returned, as the protocol's result: the same mapping as the SDK's.</summary>
internal static class ToolResults
{
    internal static CallToolResult From(object? value, StructuredContent structure, string? protocolVersion)
    {
        if (value is CallToolResult ready)
        {
            return ready;
        }

        var structured = structure.From(value, protocolVersion);
        return value switch
        {
            null => new() { Content = [], StructuredContent = structured },
            string text => Single(new TextContentBlock { Text = text }, structured),
            ContentBlock block => Single(block, structured),
            AIContent content => new()
            {
                Content = [content.ToContentBlock(structure.ResultOptions)],
                StructuredContent = structured,
                IsError = content is ErrorContent,
            },
            IEnumerable<AIContent> contents => FromContents([.. contents], structured, structure.ResultOptions),
            IEnumerable<ContentBlock> blocks => new() { Content = [.. blocks], StructuredContent = structured },
            _ => Single(
                new TextContentBlock { Text = JsonSerializer.Serialize(value, structure.ResultOptions.GetTypeInfo(typeof(object))) }, structured),
        };
    }

    internal static int? TextLength(CallToolResult result)
    {
        var length = 0;
        foreach (var block in result.Content)
        {
            length += (block as TextContentBlock)?.Text.Length ?? 0;
        }

        return length;
    }

    private static CallToolResult Single(ContentBlock block, JsonElement? structured) => new() { Content = [block], StructuredContent = structured };

    private static CallToolResult FromContents(IReadOnlyList<AIContent> contents, JsonElement? structured, JsonSerializerOptions options) => new()
    {
        Content = [.. contents.Select(content => content.ToContentBlock(options))],
        StructuredContent = structured,
        IsError = contents.Count > 0 && contents.All(static content => content is ErrorContent),
    };
}
