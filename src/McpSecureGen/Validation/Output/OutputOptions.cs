namespace McpSecureGen.Validation;

/// <summary>Configuration section <c>McpSecurity:Output</c>: what is done to results before the client gets them.</summary>
public sealed class OutputOptions
{
}
