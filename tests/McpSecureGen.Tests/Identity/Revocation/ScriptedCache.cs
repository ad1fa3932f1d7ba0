using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace McpSecureGen.Tests.Identity.Revocation;

/// <summary>A cache that counts questions, and fails or hangs when told to.</summary>
internal sealed class ScriptedCache : IDistributedCache
{
    private readonly ConcurrentDictionary<string, byte[]> _entries = new();
    private int _questions;

    public int Questions => Volatile.Read(ref _questions);

    public bool IsDown { get; set; }

    public bool Hangs { get; set; }

    public Task? Gate { get; set; }

    public IEnumerable<string> Keys => _entries.Keys;

    public void Put(string key, byte[] value) => _entries[key] = value;

    public byte[]? Get(string key) => throw new NotSupportedException("Nothing may wait on a thread.");

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref _questions);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        }

        if (Gate is not null)
        {
            await Gate;
        }

        return IsDown ? throw new IOException("down") : _entries.GetValueOrDefault(key);
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        if (IsDown)
        {
            throw new IOException("down");
        }

        _entries[key] = value;
        return Task.CompletedTask;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();
}
