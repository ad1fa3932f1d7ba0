using McpSecureGen.Identity;

namespace McpSecureGen.Invocation;

/// <summary>Who made which task. A task id alone opens nothing: the tasks of others are answered like those that never were.</summary>
/// <remarks>
/// Remembered in this process, until the task itself expires. The number is bounded; when it is full of living tasks, a new one is not remembered, and then
/// nobody can ask for it (CWE-639, CWE-770).
/// </remarks>
internal sealed class TaskOwners(TimeProvider time, int capacity = TaskOwners.DefaultCapacity)
{
    internal const int DefaultCapacity = 65_536;

    /// <summary>For a task that does not say how long it lives.</summary>
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _soonestFirst = new();

    internal void Add(string taskId, Caller caller, TimeSpan? lifetime)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_soonestFirst.TryPeek(out var oldest, out var end) && end <= now)
            {
                _soonestFirst.Dequeue();
                _owners.Remove(oldest);
            }

            // An id that stands already keeps its owner: nobody takes a task over by making one of the same name.
            var until = now + (lifetime is { } given && given > TimeSpan.Zero && given < TimeSpan.FromDays(365) ? given : DefaultLifetime);
            if (_owners.Count < capacity && _owners.TryAdd(taskId, new Owner(caller.Issuer, caller.Subject, caller.ClientId, until)))
            {
                _soonestFirst.Enqueue(taskId, until);
            }
        }
    }

    internal bool IsOwner(string taskId, Caller caller)
    {
        lock (_lock)
        {
            return _owners.TryGetValue(taskId, out var owner) && owner.Until > time.GetUtcNow() &&
                owner with { Until = default } == new Owner(caller.Issuer, caller.Subject, caller.ClientId, default);
        }
    }

    private readonly record struct Owner(string Issuer, string Subject, string? Client, DateTimeOffset Until);
}
