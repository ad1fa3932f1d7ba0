using System.Security.Claims;
using System.Text.Json.Nodes;
using McpSecureGen.Audit;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>One attempt at a method that has no primitive with a policy: a list, a completion, a subscription, an unknown name, a custom method.</summary>
internal sealed class MethodAttempt(SecurityServices security, string method, string? name)
{
    private readonly DateTimeOffset _startedAt = security.Time.GetUtcNow();
    private readonly long _started = security.Time.GetTimestamp();

    internal Caller? Caller { get; private set; }

    /// <summary>What its caller must hold.</summary>
    internal IReadOnlyList<string> Required { get; init; } = [];

    internal ValueTask<Caller> AuthenticateAsync<TParams>(RequestContext<TParams> request, CancellationToken cancellationToken)
        where TParams : RequestParams => AuthenticateAsync(request.Services, WithheldToken.MetaOf(request, request.Params?.Meta), request.User, cancellationToken);

    /// <summary>For a caller whom the gate of a primitive has admitted already.</summary>
    internal void For(Caller caller) => Caller = caller;

    internal async ValueTask<Caller> AuthenticateAsync(
        IServiceProvider? services, JsonObject? meta, ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        AuthenticationResult identity;
        try
        {
            identity = await CallerAuthentication.ResolveAsync(security, services, meta, user, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Record("refused", "cancelled");
            throw;
        }

        if (identity.Caller is { } caller)
        {
            return Caller = caller;
        }

        Record("refused", "unauthenticated", identity.Failure.ToString());
        throw RefusalException.Unauthenticated(CallerAuthentication.Describe(identity.Failure));
    }

    /// <summary>Records the refusal and makes the exception to throw.</summary>
    internal RefusalException Refused(string reason, Func<RefusalException> error)
    {
        Record("refused", reason);
        return error();
    }

    /// <summary>Runs what was allowed and records how it ended.</summary>
    internal async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> next)
    {
        var outcome = "failed";
        var intent = security.Audit.Begin(Entry("allowed"));
        try
        {
            var result = await next().ConfigureAwait(false);
            outcome = "succeeded";
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            security.Audit.Complete(intent, Entry("allowed") with { Outcome = outcome, Duration = Elapsed });
        }
    }

    internal void Record(string decision, string? reason, string? rule = null) =>
        security.Audit.Record(Entry(decision) with { Reason = reason, Rule = rule, Duration = Elapsed });

    private TimeSpan Elapsed => security.Time.GetElapsedTime(_started);

    private AuditRecord Entry(string decision) => CallerAuthentication.Stamp(
        new AuditRecord
        {
            Method = method,
            Primitive = name is null ? null : ArgumentEnvelope.Printable(name),
            Required = Required,
            Arguments = [],
            Decision = decision,
            StartedAt = _startedAt,
        },
        Caller);
}
