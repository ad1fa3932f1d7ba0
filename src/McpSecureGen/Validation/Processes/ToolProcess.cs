namespace McpSecureGen;

/// <summary>Starts the programs that the operator has listed, with an argument list, an empty environment and limits.</summary>
public sealed class ToolProcess
{
    internal ToolProcess()
    {
    }
}
