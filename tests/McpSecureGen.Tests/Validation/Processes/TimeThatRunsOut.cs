namespace McpSecureGen.Tests.Validation.Processes;

/// <summary>A clock whose last timer goes off when the test says so.</summary>
internal sealed class TimeThatRunsOut : TimeProvider
{
    private Waiting? _last;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _last = new Waiting(callback, state, dueTime);

    /// <summary>Lets the timer go off.</summary>
    /// <returns>What it was set to.</returns>
    public TimeSpan RunOut()
    {
        var timer = _last ?? throw new InvalidOperationException("There is no timer.");
        timer.Callback(timer.State);
        return timer.DueTime;
    }

    private sealed record Waiting(TimerCallback Callback, object? State, TimeSpan DueTime) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
