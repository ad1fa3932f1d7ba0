using System.Text.Json;
using McpSecureGen.Hosting;
using McpSecureGen.Hosting.Envelope;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Http;

/// <summary>Stands before every MCP endpoint: refuses what must not reach the server, gives the rest its caller, and puts each refusal on the record.</summary>
/// <remarks>
/// The wrapper decides about every call, whatever happened here; this gives the earlier answer in the words of HTTP. A check that breaks refuses.
/// </remarks>
internal sealed partial class EndpointGuard(IServiceProvider services, SessionOwners sessions, ILogger<EndpointGuard> log)
{
    /// <summary>Lets a request through to <paramref name="server"/>, or answers it.</summary>
    internal async Task RunAsync(HttpContext context, RequestDelegate server)
    {
        RequestChecks? passed = null;
        var isRefused = await TryRefuseAsync(context, (checks, context) =>
        {
            passed = checks;
            return checks.FindRefusalAsync(context);
        }).ConfigureAwait(false);
        if (isRefused)
        {
            return;
        }

        try
        {
            await server(context).ConfigureAwait(false);
        }
        catch (JsonException) when (!context.Response.HasStarted)
        {
            // Params that the SDK reads before it has opened a session.
            Record(passed!.RecordBroken, context);
            await RefusalAnswer.WriteAsync(context, HttpRefusal.Envelope(EnvelopeFault.Parameters("The params are not those of the method."))).ConfigureAwait(false);
            return;
        }
        catch when (!context.RequestAborted.IsCancellationRequested)
        {
            Record(passed!.RecordBroken, context);
            throw;
        }

        Record(passed!.RecordUnserved, context);
    }

    private static void Record(Action<HttpContext> record, HttpContext context)
    {
        try
        {
            record(context);
        }
        catch (RefusalException)
        {
            // Nothing ran and the client has its answer. The log that cannot be written has said so itself.
        }
    }

    /// <summary>A request for the metadata: anyone may read it who calls the server by its name.</summary>
    internal async Task RunPublicAsync(HttpContext context, RequestDelegate answer)
    {
        if (!await TryRefuseAsync(context, static (checks, context) => new(checks.FindForbiddenHost(context))).ConfigureAwait(false))
        {
            await answer(context).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Answers a challenge that the author's own authorization makes: before an MCP endpoint as the guard would, and 401 where the guard would let the
    /// request pass, or the endpoint is another.
    /// </summary>
    internal Task ChallengeAsync(HttpContext context) => TryRefuseAsync(
        context, static async (checks, context) => await FindForMcpAsync(checks, context).ConfigureAwait(false) ?? checks.Unauthenticated(context));

    /// <summary>Answers a caller whom the author's own authorization denies.</summary>
    internal Task ForbidAsync(HttpContext context) => TryRefuseAsync(
        context, static async (checks, context) => await FindForMcpAsync(checks, context).ConfigureAwait(false) ?? HttpRefusal.PolicyDenied);

    private static ValueTask<HttpRefusal?> FindForMcpAsync(RequestChecks checks, HttpContext context) =>
        context.GetEndpoint()?.RequestDelegate?.Target is GuardedEndpoint ? checks.FindRefusalAsync(context) : default;

    private async Task<bool> TryRefuseAsync(HttpContext context, Func<RequestChecks, HttpContext, ValueTask<HttpRefusal?>> find)
    {
        HttpRefusal? refusal;
        try
        {
            var checks = new RequestChecks(services, sessions, context);
            try
            {
                refusal = await find(checks, context).ConfigureAwait(false);
            }
            catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
            {
                LogCheckFailed(e.GetType().Name);
                refusal = e is BadHttpRequestException bad
                    ? HttpRefusal.TooLarge with { Status = bad.StatusCode, Reason = bad.StatusCode == 413 ? "body_too_large" : "body_unreadable", Message = "The body could not be read." }
                    : HttpRefusal.CheckFailed;
            }

            if (refusal is not null)
            {
                checks.Record(refusal);
            }
        }
        catch (RefusalException)
        {
            refusal = HttpRefusal.AuditUnavailable;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogCheckFailed(e.GetType().Name);
            refusal = HttpRefusal.CheckFailed;
        }

        if (refusal is null)
        {
            return false;
        }

        await RefusalAnswer.WriteAsync(context, refusal).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A check of an HTTP request failed ({ErrorType}); the request was refused.")]
    private partial void LogCheckFailed(string errorType);
}
