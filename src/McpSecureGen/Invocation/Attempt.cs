using System.Globalization;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Invocation;

/// <summary>Runs one call through its gate and its generated code, and maps every way it can end to a recorded outcome.</summary>
internal static class Attempt
{
    internal static async ValueTask<TResult> RunAsync<TCall, TResult>(
        TCall call,
        Func<TCall, CancellationToken, ValueTask<object?>> invoke,
        Func<TCall, object?, Ending<TResult>> finish,
        Func<string, string, TResult> withhold,
        CancellationToken cancellationToken)
        where TCall : PrimitiveCall
        where TResult : class
    {
        await call.Gate.AdmitAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            Ending<TResult> end;
            try
            {
                var value = await Deadline.RunAsync(call, invoke, cancellationToken).ConfigureAwait(false);
                end = finish(call, value);
            }
            finally
            {
                if (!call.IsAbandoned)
                {
                    await call.DisposeTargetAsync().ConfigureAwait(false);
                }
            }

            call.Gate.Complete(call, end.Outcome, end.Length);
            return end.Result ?? withhold(end.Why ?? $"The result was longer than {call.Gate.OutputLimit} characters.", end.Outcome);
        }
        catch (CallTimedOutException)
        {
            call.Gate.TimeOut(call);
            return withhold($"The {call.Noun} did not finish within {call.Gate.TimeLimit!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.", "timed_out");
        }
        catch (RefusalException)
        {
            // Normally on the record already. A tool that calls another secured tool passes that one's refusal on as its own end.
            call.Gate.Complete(call, "failed");
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Gate.Cancel(call);
            throw;
        }
        catch (InputRequiredException e)
        {
            // Control flow of multi round-trip requests: the client answers and calls again, which is another attempt.
            call.Gate.Complete(call, "input_required");
            call.ReturnToken();
            throw RequestStates.Seal(call, e);
        }
        catch (Exception e)
        {
            call.Gate.Fail(call);
            if (call.Reveals(e))
            {
                throw new McpException("The error is withheld because it speaks of a sensitive value.");
            }

            if (e is McpException && e.Message.Length > call.Gate.OutputLimit)
            {
                throw new McpException($"The error was longer than {call.Gate.OutputLimit} characters.");
            }

            if (e is McpException && OutputCheck.Message(call, e.Message) is var message && message != e.Message)
            {
                // The SDK logs what is thrown, so the original does not go along.
                throw e is McpProtocolException protocol ? new McpProtocolException(message, protocol.ErrorCode) : new McpException(message);
            }

            if (e is McpProtocolException)
            {
                // Data becomes the JSON-RPC error's data. A tool that is itself a client passes on what a remote server put there, a forged
                // reason of ours included.
                e.Data.Clear();
            }

            throw;
        }
    }
}
