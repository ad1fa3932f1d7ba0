namespace McpSecureGen.Validation.Output;

/// <summary>A result must not leave. The message is for the client and says nothing of what the result holds.</summary>
internal sealed class OutputRefusedException(string message) : Exception(message);
