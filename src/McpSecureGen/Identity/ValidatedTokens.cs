using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace McpSecureGen.Identity;

/// <summary>Tokens that were validated, by their whole text, so that the signature is checked once and not on every call. Bounded; the oldest go first.</summary>
internal sealed class ValidatedTokens
{
    /// <summary>How many are kept. At 8 KiB each, the memory stays below 20 MB.</summary>
    public const int Capacity = 1024;

    private readonly ConcurrentDictionary<Key, Entry> _entries = new();
    private readonly Queue<Key> _oldestFirst = new();
    private readonly Lock _adding = new();

    /// <summary>The caller of a token whose time has come and not passed. False says nothing about the token: it is then validated in full.</summary>
    public bool TryGet(string token, CallerSource source, DateTimeOffset now, [NotNullWhen(true)] out Caller? caller)
    {
        caller = _entries.TryGetValue(new(token, source), out var entry) && entry.From <= now && now < entry.Until ? entry.Caller : null;
        return caller is not null;
    }

    public void Add(string token, Caller caller, DateTimeOffset from, DateTimeOffset until)
    {
        var key = new Key(token, caller.Source);
        lock (_adding)
        {
            if (_entries.TryAdd(key, new(caller, from, until)))
            {
                _oldestFirst.Enqueue(key);
            }

            while (_oldestFirst.Count > Capacity && _oldestFirst.TryDequeue(out var oldest))
            {
                _entries.TryRemove(oldest, out _);
            }
        }
    }

    /// <summary>The source is part of the key because it is part of the caller.</summary>
    private readonly record struct Key(string Token, CallerSource Source);

    private sealed record Entry(Caller Caller, DateTimeOffset From, DateTimeOffset Until);
}
