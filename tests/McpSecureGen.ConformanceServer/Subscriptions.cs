using System.Collections.Concurrent;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.ConformanceServer;

/// <summary>Which session watches which resource.</summary>
internal sealed class Subscriptions
{
    private readonly ConcurrentDictionary<(string? Session, string Uri), byte> _watched = new();

    public ValueTask<EmptyResult> Add(string? session, string uri)
    {
        _watched.TryAdd((session, uri), 0);
        return ValueTask.FromResult(new EmptyResult());
    }

    public ValueTask<EmptyResult> Remove(string? session, string uri)
    {
        _watched.TryRemove((session, uri), out _);
        return ValueTask.FromResult(new EmptyResult());
    }
}
