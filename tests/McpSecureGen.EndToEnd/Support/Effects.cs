using System.Collections.Concurrent;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>What the code of a server did: a refused call leaves nothing here, not even the making of an object.</summary>
public sealed class Effects
{
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>Notes one.</summary>
    public void Note(string effect) => _seen.Enqueue(effect);

    /// <summary>How often one happened.</summary>
    public int Count(string effect) => _seen.Count(seen => seen == effect);
}
