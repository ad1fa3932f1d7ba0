namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>What a server offers. The names are part of SDK type names (<c>McpServerTool</c>, <c>McpServerPromptType</c>).</summary>
internal enum PrimitiveKind
{
    Tool,
    Prompt,
    Resource,
}
