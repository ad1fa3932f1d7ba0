using System.Collections.Concurrent;

namespace McpSecureGen.Identity;

/// <summary>Tokens that were validated, by their whole text, so that the signature is checked once and not on every call. Bounded; the oldest go first.</summary>
internal sealed class ValidatedTokens
{
    /// <summary>How many are kept. At 8 KiB each, the memory stays below 20 MB.</summary>
    public const int Capacity = 1024;

    private readonly ConcurrentDictionary<Key, ValidatedToken> _entries = new();
    private readonly Queue<Key> _oldestFirst = new();
    private readonly Lock _adding = new();

    /// <summary>
    /// A token whose time has come and not passed, under the keys that are in force. Null says nothing about the token: it is then validated in full.
    /// </summary>
    public ValidatedToken? Find(string token, CallerSource source, DateTimeOffset now) =>
        _entries.TryGetValue(new(token, source), out var entry)
        && entry.From <= now
        && now < entry.Until
        && ReferenceEquals(entry.Issuer.Keys.Current, entry.Epoch)
            ? entry
            : null;

    /// <summary>Remembers the token; the entry to go on with.</summary>
    public ValidatedToken Add(string token, ValidatedToken entry)
    {
        var key = new Key(token, entry.Caller.Source);
        lock (_adding)
        {
            if (_entries.TryGetValue(key, out var before))
            {
                entry = entry with { Revocation = before.Revocation };
            }
            else
            {
                _oldestFirst.Enqueue(key);
            }

            _entries[key] = entry;
            while (_oldestFirst.Count > Capacity && _oldestFirst.TryDequeue(out var oldest))
            {
                _entries.TryRemove(oldest, out _);
            }

            return entry;
        }
    }

    /// <summary>The source is part of the key because it is part of the caller.</summary>
    private readonly record struct Key(string Token, CallerSource Source);
}
