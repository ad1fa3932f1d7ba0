namespace McpSecureGen.DecisionServer;

/// <summary>What the tools did, as lines of a file, so that a test sees it whatever process they run in.</summary>
public sealed class DecisionEffects(string path)
{
    private readonly Lock _writing = new();

    /// <summary>Notes one effect.</summary>
    public void Note(string effect)
    {
        lock (_writing)
        {
            File.AppendAllText(path, effect + "\n");
        }
    }
}
