using McpSecureGen.Audit;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;

namespace McpSecureGen.Invocation;

/// <summary>
/// The one place where a call is let in or refused, the same for tools, prompts and resources: authenticate, authorize, check the arguments,
/// put the intent on the record. Every step that breaks refuses.
/// </summary>
internal sealed class PrimitiveGate(PrimitivePolicy policy, string method, string name, SecurityServices security, IReadOnlyList<string> declared)
{
    internal PrimitivePolicy Policy => policy;

    internal string Name => name;

    internal SecurityServices Security => security;

    internal CapabilityRequirement Requirement { get; } = security.Vocabulary.Require(policy.Namespace, policy.Capabilities);

    /// <summary>Authenticates and authorizes. Runs before any code of the author's, its constructor included.</summary>
    internal async ValueTask AdmitAsync(PrimitiveCall call, CancellationToken cancellationToken)
    {
        var identity = await CallerAuthentication
            .ResolveAsync(security, call.Services, call.Meta, call.Request.User, cancellationToken).ConfigureAwait(false);
        if (identity.Caller is not { } caller)
        {
            var reason = CallerAuthentication.Describe(identity.Failure);
            RecordRefusal(call, "unauthenticated", rule: identity.Failure.ToString());
            throw RefusalException.Unauthenticated(reason);
        }

        call.Caller = caller;
        if (!caller.May(Requirement))
        {
            RecordRefusal(call, "insufficient_capability");
            throw call.Insufficient(caller.MissingFor(Requirement));
        }
    }

    /// <summary>Closes the binding of arguments: either they are all good and the intent is on the record, or the call is refused.</summary>
    internal bool Accept(PrimitiveCall call, ref ArgumentReader arguments)
    {
        arguments.Finish(declared);
        if (arguments.Violation is { } violation)
        {
            call.Refusal = violation;
            RecordRefusal(call, "invalid_argument", violation.Parameter, violation.Rule);
            return false;
        }

        call.Intent = security.Audit.Begin(Entry(call, "allowed"));
        call.IsDecided = true;
        call.WithholdToken();
        return true;
    }

    internal void Complete(PrimitiveCall call, string outcome, int? resultLength = null)
    {
        if (call.Intent is not { } intent)
        {
            return;
        }

        call.Intent = null;
        security.Audit.Complete(intent, Entry(call, "allowed") with
        {
            Outcome = outcome,
            ResultLength = policy.IsSensitive ? null : resultLength,
            Duration = call.Elapsed,
        });
    }

    /// <summary>The end of a call that threw: in the method after the intent, or in a check before it, which refuses.</summary>
    internal void Fail(PrimitiveCall call)
    {
        if (call.IsDecided)
        {
            Complete(call, "failed");
        }
        else
        {
            RecordRefusal(call, "check_failed");
        }
    }

    private void RecordRefusal(PrimitiveCall call, string reason, string? parameter = null, string? rule = null)
    {
        call.IsDecided = true;
        security.Audit.Record(Entry(call, "refused") with { Reason = reason, Parameter = parameter, Rule = rule, Duration = call.Elapsed });
    }

    private AuditRecord Entry(PrimitiveCall call, string decision) => CallerAuthentication.Stamp(
        new AuditRecord
        {
            Method = method,
            Primitive = name,
            Namespace = policy.Namespace,
            Required = Requirement.Names,
            Arguments = call.SeenArguments,
            UndeclaredArguments = call.UndeclaredArguments,
            Decision = decision,
            StartedAt = call.StartedAt,
        },
        call.Caller);
}
