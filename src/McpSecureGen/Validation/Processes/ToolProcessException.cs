using ModelContextProtocol;

namespace McpSecureGen;

/// <summary>A program was not started, or was ended before its own end. The message is for the model: it names no path of the host.</summary>
public sealed class ToolProcessException : McpException
{
    internal ToolProcessException(string message)
        : base(message)
    {
    }
}
