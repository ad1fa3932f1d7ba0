namespace McpSecureGen.Invocation;

/// <summary>The time limit of one call: it cancels the method's token, and does not wait for a method that ignores it.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _linked;
    private readonly CancellationToken _caller;

    private Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _expired = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _expired.Token);
        _caller = caller;
    }

    /// <summary>Runs <paramref name="invoke"/> within the limit of the call's gate.</summary>
    /// <exception cref="CallTimedOutException">It did not end in time. What still runs is left behind; its object is disposed when it ends.</exception>
    internal static ValueTask<object?> RunAsync<TCall>(
        TCall call, Func<TCall, CancellationToken, ValueTask<object?>> invoke, CancellationToken cancellationToken)
        where TCall : PrimitiveCall => call.Gate.TimeLimit is { } limit
            ? new Deadline(limit, call.Gate.Security.Time, cancellationToken).RunCoreAsync(call, invoke)
            : invoke(call, cancellationToken);

    private async ValueTask<object?> RunCoreAsync<TCall>(TCall call, Func<TCall, CancellationToken, ValueTask<object?>> invoke)
        where TCall : PrimitiveCall
    {
        var token = _linked.Token;
        Task<object?>? running = null;
        try
        {
            // A method that never yields can only be left behind when it runs elsewhere. That has its price, so it is for those who ask for it.
            var started = call.Gate.Policy.Timeout is null
                ? invoke(call, token)
                : new ValueTask<object?>(running = Task.Run(() => invoke(call, token).AsTask(), CancellationToken.None));
            if (started.IsCompleted)
            {
                return await started.ConfigureAwait(false);
            }

            running ??= started.AsTask();
            return await running.WaitAsync(_expired.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_expired.IsCancellationRequested)
        {
            if (running is { IsCompleted: false })
            {
                call.Abandon();
                _ = ObserveAsync(running, call);
            }
            else
            {
                // It failed at the last moment. Looked at here, so that nobody finds it unobserved.
                _ = running?.Exception;
            }

            _caller.ThrowIfCancellationRequested();
            throw new CallTimedOutException();
        }
        finally
        {
            if (!call.IsAbandoned)
            {
                Dispose();
            }
        }
    }

    /// <summary>What was left behind ends some time: its error is nobody's any more, its object is disposed.</summary>
    private async Task ObserveAsync(Task running, PrimitiveCall call)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await call.DisposeTargetAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The caller was answered long ago.
        catch (Exception)
#pragma warning restore CA1031
        {
            // There is nobody left to tell, and the record says that the call timed out.
        }

        Dispose();
    }

    public void Dispose()
    {
        _linked.Dispose();
        _expired.Dispose();
    }
}
