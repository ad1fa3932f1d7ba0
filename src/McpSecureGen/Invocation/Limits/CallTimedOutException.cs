namespace McpSecureGen.Invocation;

/// <summary>A call did not end within its time limit. Never leaves <see cref="Attempt"/>.</summary>
internal sealed class CallTimedOutException : Exception;
