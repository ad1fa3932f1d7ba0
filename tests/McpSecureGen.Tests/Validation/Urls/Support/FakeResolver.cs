using System.Collections.Concurrent;
using System.Net;

namespace McpSecureGen.Tests.Validation.Urls.Support;

/// <summary>Answers from a table; other names from a rule; and remembers what it was asked.</summary>
internal sealed class FakeResolver(Func<string, int, IPAddress[]>? rule = null) : IHostAddressResolver
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    public Dictionary<string, string[]> Names { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Asked => _asked;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var time = _asked.AddOrUpdate(host, 1, static (_, count) => count + 1);
        return Task.FromResult(
            Names.TryGetValue(host, out var addresses) ? [.. addresses.Select(IPAddress.Parse)]
            : rule is not null ? rule(host, time)
            : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));
    }
}

/// <summary>Never answers, and does not listen when it is told to stop.</summary>
internal sealed class HangingResolver : IHostAddressResolver
{
    private int _asked;

    public int Asked => _asked;

    public TaskCompletionSource<IPAddress[]> Answer { get; } = new();

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return Answer.Task;
    }
}
