namespace McpSecureGen.Redis.Worker;

/// <summary>How often a tool of this process has run.</summary>
public sealed class Counter
{
    private int _calls;

    public int Next() => Interlocked.Increment(ref _calls);
}
