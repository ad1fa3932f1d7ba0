using McpSecureGen.Audit;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Invocation;

/// <summary>
/// The one place where a call is let in or refused, the same for tools, prompts and resources: authenticate, authorize, check the arguments,
/// put the intent on the record. Every step that breaks refuses.
/// </summary>
internal sealed class PrimitiveGate(PrimitivePolicy policy, string method, string name, SecurityServices security, IReadOnlyList<string> declared)
{
    private readonly CallAllowance _allowance = new(security, policy, method, name);

    internal PrimitivePolicy Policy => policy;

    internal string Name => name;

    internal string Method => method;

    /// <summary>How long a call may take; null: any time.</summary>
    internal TimeSpan? TimeLimit { get; } = policy.Timeout ?? (security.Limits.Timeout > TimeSpan.Zero ? security.Limits.Timeout : null);

    /// <summary>How long a result may be, in UTF-16 characters.</summary>
    internal int OutputLimit { get; } = policy.MaxOutput ?? security.Limits.MaxOutputCharacters;

    internal SecurityServices Security => security;

    internal CapabilityRequirement Requirement { get; } = security.Vocabulary.Require(policy.Namespace, policy.Capabilities);

    internal bool NeedsSenderConstraint { get; } =
        security.SenderConstraints.Touch(security.Vocabulary.Require(policy.Namespace, policy.Capabilities), security.Vocabulary);

    /// <summary>Whether a caller may use the primitive.</summary>
    internal bool Allows(Caller caller) => caller.May(Requirement) && (!NeedsSenderConstraint || caller.IsSenderConstrained);

    /// <summary>Authenticates, authorizes and counts. Runs before any code of the author's, its constructor included.</summary>
    internal async ValueTask AdmitAsync(PrimitiveCall call, CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Cancel(call);
            throw;
        }
#pragma warning disable CA1031 // Fail closed: a check that breaks has not said yes, and the attempt stands on the record all the same.
        catch (Exception e) when (e is not RefusalException)
#pragma warning restore CA1031
        {
            RecordRefusal(call, "check_failed");
            throw RefusalException.CheckFailed();
        }
    }

    private async ValueTask CheckAsync(PrimitiveCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var identity = await CallerAuthentication
            .ResolveAsync(security, call.Services, WithheldToken.MetaOf(call.Request, call.Meta), call.Request.User, cancellationToken).ConfigureAwait(false);
        if (identity.Caller is not { } caller)
        {
            var reason = CallerAuthentication.Describe(identity.Failure);
            RecordRefusal(call, "unauthenticated", rule: identity.Failure.ToString());
            throw RefusalException.Unauthenticated(reason);
        }

        call.Caller = caller;
        call.Credential = identity.Credential;
        if (!caller.May(Requirement))
        {
            RecordRefusal(call, "insufficient_capability");
            throw call.Forbidden(RefusalException.Insufficient(caller.MissingFor(Requirement)));
        }

        if (!Allows(caller))
        {
            RecordRefusal(call, "sender_constraint_required");
            throw call.Forbidden(RefusalException.SenderConstraintRequired(Requirement.Names));
        }

        // Let in already, before a filter of the author's ran: counted once, and asked for once. Who calls is judged again, here at the method.
        if (Passage.Take(call.Request, this) is { } admitted && admitted.Caller.IsSame(caller))
        {
            call.Confirmation = admitted.Confirmation;
            return;
        }

        SuspendedCall.Note(call);
        await RequestStates.OpenAsync(call, cancellationToken).ConfigureAwait(false);

        // The call that asked was counted; its answer is the same call.
        if (call.Confirmation != ConfirmationStatus.Given &&
            await _allowance.CountAsync(caller, cancellationToken).ConfigureAwait(false) is { } excess)
        {
            RecordRefusal(call, excess.Reason);
            throw RefusalException.RateLimited(excess);
        }
    }

    /// <summary>Refuses what no parameter took.</summary>
    internal void Close(ref ArgumentReader arguments) => arguments.Finish(declared);

    /// <summary>Closes the binding of arguments: either they are all good and the intent is on the record, or the call is refused.</summary>
    internal bool Accept(PrimitiveCall call, ref ArgumentReader arguments)
    {
        Close(ref arguments);
        if (arguments.Violation is null && call.HasDeferred)
        {
            // Generated code that waits calls AcceptAsync; a check that was put off and not run has accepted nothing.
            arguments.Refuse("arguments", new RuleViolation("Check", "could not be checked and is refused"));
        }

        if (arguments.Violation is null && ConcealedTexts.FaultOf(call.Concealed) is { } excess)
        {
            arguments.Refuse("arguments", excess);
        }

        lock (call.Deciding)
        {
            if (call.IsAbandoned)
            {
                return false;
            }

            if (arguments.Violation is { } violation)
            {
                call.Refusal = violation;
                RecordRefusal(call, "invalid_argument", violation.Parameter, violation.Rule);
                return false;
            }

            if (policy.Confirmation is { } message && call.Confirmation != ConfirmationStatus.Given)
            {
                Confirm(call, message);
                return false;
            }

            call.Intent = security.Audit.Begin(Entry(call, "allowed"));
            call.IsDecided = true;
            call.WithholdToken();
            return true;
        }
    }

    /// <summary>The call took too long: in the method after the intent, or in a check before it, which refuses.</summary>
    internal void TimeOut(PrimitiveCall call)
    {
        lock (call.Deciding)
        {
            if (call.IsDecided)
            {
                Complete(call, "timed_out");
            }
            else
            {
                RecordRefusal(call, "check_timed_out");
            }
        }
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

    /// <summary>The caller gave up: on the method after the intent, or on a check before it. An attempt leaves its record either way.</summary>
    internal void Cancel(PrimitiveCall call)
    {
        lock (call.Deciding)
        {
            if (call.IsDecided)
            {
                Complete(call, "cancelled");
            }
            else
            {
                RecordRefusal(call, "cancelled");
            }
        }
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

    /// <summary>Asks the person at the client, or says why the call is refused.</summary>
    /// <exception cref="ConfirmationRequest">The question.</exception>
    private void Confirm(PrimitiveCall call, string message)
    {
        switch (call.Confirmation)
        {
            case ConfirmationStatus.Declined:
                RecordRefusal(call, "not_confirmed");
                call.Unconfirmed = "Not confirmed.";
                return;
            case ConfirmationStatus.Rejected:
                RecordRefusal(call, "confirmation_rejected");
                call.Unconfirmed = "Not confirmed.";
                return;
        }

        if (!RequestStates.CanAsk(call))
        {
            RecordRefusal(call, "confirmation_unavailable");
            call.Unconfirmed = "Not confirmed: the person at the client must agree to this call, and the client cannot ask.";
            return;
        }

        var question = RequestStates.Ask(call, message);
        RecordRefusal(call, "confirmation_requested");
        throw question;
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
