using ModelContextProtocol.Protocol;

namespace McpSecureGen.Invocation;

/// <summary>
/// Opens what a client brings back from a question, and seals what it is given for the next: for the same caller, primitive and arguments only.
/// Answers without a state of ours are answers to nothing and are taken away before the author's code sees them.
/// </summary>
internal static class RequestStates
{
    /// <summary>How long a person may think.</summary>
    internal static readonly TimeSpan ConfirmationTime = TimeSpan.FromMinutes(5);

    /// <summary>How long an author's own question may stay open.</summary>
    internal static readonly TimeSpan AuthorTime = TimeSpan.FromHours(1);

    internal static async ValueTask OpenAsync(PrimitiveCall call, CancellationToken cancellationToken)
    {
        if (call.Params is not { } parameters || (parameters.RequestState is null && parameters.InputResponses is null))
        {
            return;
        }

        var (state, responses) = (parameters.RequestState, parameters.InputResponses);
        (parameters.RequestState, parameters.InputResponses) = (null, null);
        var (seal, binding) = (call.Gate.Security.States, Binding(call));
        var isAsked = call.Gate.Policy.Confirmation is not null;
        if (isAsked && state is not null)
        {
            call.Confirmation = ConfirmationStatus.Rejected;
        }

        if (isAsked && seal.Open(StatePurpose.Confirmation, binding, state) is { } confirmation)
        {
            if (await IsFirstUseAsync(call, confirmation, cancellationToken).ConfigureAwait(false))
            {
                call.Confirmation = ConfirmationRequest.Read(responses);
            }
        }
        else if (isAsked && seal.Open(StatePurpose.ConfirmedAuthor, binding, state) is { } confirmed)
        {
            if (await IsFirstUseAsync(call, confirmed, cancellationToken).ConfigureAwait(false))
            {
                call.Confirmation = ConfirmationStatus.Given;
                (parameters.RequestState, parameters.InputResponses) = (confirmed.Content, responses);
            }
        }
        else if (!isAsked && seal.Open(StatePurpose.Author, binding, state) is { } author)
        {
            (parameters.RequestState, parameters.InputResponses) = (author.Content, responses);
        }
    }

    /// <summary>The question whether the call may run.</summary>
    internal static ConfirmationRequest Ask(PrimitiveCall call, string message) => new(
        call.BoundName,
        message,
        call.Gate.Security.States.Seal(StatePurpose.Confirmation, Binding(call), null, ConfirmationTime));

    /// <summary>An author's question, with its state sealed.</summary>
    internal static InputRequiredException Seal(PrimitiveCall call, InputRequiredException question) => question is ConfirmationRequest
        ? question
        : new InputRequiredException(new InputRequiredResult
        {
            InputRequests = question.Result.InputRequests,
            Meta = question.Result.Meta,
            RequestState = call.Gate.Security.States.Seal(
                call.Confirmation == ConfirmationStatus.Given ? StatePurpose.ConfirmedAuthor : StatePurpose.Author,
                Binding(call),
                question.Result.RequestState,
                AuthorTime),
        });

    /// <summary>Whether the client can ask its user, and an answer can come back.</summary>
    internal static bool CanAsk(PrimitiveCall call) =>
        call.Server.IsMrtrSupported &&
        call.Server.ClientCapabilities?.Elicitation is { } elicitation && (elicitation.Form is not null || elicitation.Url is null);

    private static async ValueTask<bool> IsFirstUseAsync(PrimitiveCall call, OpenedState state, CancellationToken cancellationToken)
    {
        try
        {
            var used = call.Gate.Security.Replays.TryUseAsync("confirmation:" + state.Nonce, state.Expires, cancellationToken);
            return used.IsCompletedSuccessfully
                ? used.Result
                : await used.AsTask().WaitAsync(CallAllowance.AnswerTime, call.Gate.Security.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Fail closed: a memory that breaks cannot say that it is the first use.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static StateBinding Binding(PrimitiveCall call) =>
        StateBinding.Of(call.Caller, call.Gate.Method, call.BoundName, CanonicalJson.Digest(call.RawArguments));
}
