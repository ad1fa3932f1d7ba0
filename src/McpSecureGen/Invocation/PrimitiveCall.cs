using System.Security.Claims;
using System.Text.Json.Nodes;
using McpSecureGen.Audit;
using McpSecureGen.Identity;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>One attempt to use one primitive, from the request to its outcome. Generated code binds its parameters through it.</summary>
public abstract class PrimitiveCall : IDeferral
{
    private readonly long _started;
    private List<string>? _seen;
    private HashSet<string>? _concealed;
    private JsonNode? _token;
    private DeferredChecks? _deferred;
    private string _binding = "";

    private protected PrimitiveCall(PrimitiveGate gate, MessageContext request, Activation? activation)
    {
        Gate = gate;
        Request = request;
        Activation = activation;

        // Taken now: the SDK's own invocation replaces the provider of the request by one of its own.
        Services = request.Services;
        StartedAt = gate.Security.Time.GetUtcNow();
        _started = gate.Security.Time.GetTimestamp();
    }

    /// <summary>Who makes the call.</summary>
    public Caller Caller { get; internal set; } = null!;

    /// <summary>The services of the request; <see langword="null"/> for a server without a container.</summary>
    public IServiceProvider? Services { get; }

    /// <summary>Whether the method is called directly; otherwise the SDK binds again, from the checked values.</summary>
    public bool IsDirect => Activation is not null;

    /// <summary>The server, bound to this request.</summary>
    public McpServer Server => Request.Server;

    internal PrimitiveGate Gate { get; }

    internal MessageContext Request { get; }

    internal Activation? Activation { get; }

    internal AuditIntent? Intent { get; set; }

    internal ArgumentViolation? Refusal { get; set; }

    /// <summary>Whether the call was let in or refused, on the record either way.</summary>
    internal bool IsDecided { get; set; }

    /// <summary>Held by whoever decides, or gives up waiting for a decision.</summary>
    internal Lock Deciding { get; } = new();

    /// <summary>Whether nobody waits for it any more: what has not begun must not begin.</summary>
    internal bool IsAbandoned { get; private set; }

    internal ConfirmationStatus Confirmation { get; set; }

    /// <summary>The answer when nobody agreed to the call.</summary>
    internal string? Unconfirmed { get; set; }

    /// <summary>The token that the caller was known by: it must not stand in the result.</summary>
    internal string? Credential { get; set; }

    /// <summary>The values of sensitive arguments.</summary>
    internal IReadOnlyCollection<string>? Concealed => _concealed;

    internal int UndeclaredArguments { get; set; }

    internal IReadOnlyList<string> SeenArguments => (IReadOnlyList<string>?)_seen ?? [];

    internal DateTimeOffset StartedAt { get; }

    internal TimeSpan Elapsed => Gate.Security.Time.GetElapsedTime(_started);

    internal JsonObject? Meta => Params?.Meta;

    internal abstract RequestParams? Params { get; }

    /// <summary>What it is a call of, for a sentence.</summary>
    internal abstract string Noun { get; }

    /// <summary>The name or URI that was asked for.</summary>
    internal abstract string BoundName { get; }

    internal abstract JsonNode? RawArguments { get; }

    private protected abstract ProgressToken? ProgressToken { get; }

    private protected object? CreatedTarget { get; private set; }

    /// <summary>Closes the binding. When it says no, the method must return at once; the refusal is already on the record.</summary>
    public bool Accept(ref ArgumentReader arguments) => Gate.Accept(this, ref arguments);

    /// <summary>
    /// The same for a call whose arguments may need a check that waits, such as the addresses of a host name. It runs before the decision, so that neither
    /// the record nor the method knows of a value that was not found good.
    /// </summary>
    public async ValueTask<bool> AcceptAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        Gate.Close(ref arguments);
        if (arguments.Violation is null && _deferred is not null &&
            await _deferred.FindViolationAsync(cancellationToken).ConfigureAwait(false) is var (argument, violation))
        {
            arguments.Refuse(argument, violation);
        }

        return Gate.Accept(this, ref arguments);
    }

    /// <summary>The object the method runs on: the registered one, or one made for this call and disposed after it.</summary>
    public object Target()
    {
        var target = Activation!.Target(Request);
        CreatedTarget = Activation.CreatesTarget ? target : null;
        return target;
    }

    /// <summary>A service that the method asks for.</summary>
    /// <exception cref="ArgumentException">It is not registered.</exception>
    public T Service<T>()
        where T : notnull => OptionalService<T>() ?? throw Missing();

    /// <summary>A service with a key.</summary>
    /// <exception cref="ArgumentException">It is not registered.</exception>
    public T KeyedService<T>(object? key)
        where T : notnull => OptionalKeyedService<T>(key) ?? throw Missing();

    /// <summary>A service whose parameter has a default value.</summary>
    public T? OptionalService<T>() => Services is { } services ? services.GetService<T>() : default;

    /// <summary>A service with a key whose parameter has a default value.</summary>
    public T? OptionalKeyedService<T>(object? key) => Services is IKeyedServiceProvider keyed ? keyed.GetKeyedService<T>(key) : default;

    /// <summary>The authenticated principal of the transport, as the SDK injects it.</summary>
    /// <exception cref="ArgumentException">The transport has none.</exception>
    public ClaimsPrincipal Principal() => Request.User ?? throw Missing();

    /// <summary>The same for a parameter with a default value.</summary>
    public ClaimsPrincipal? OptionalPrincipal() => Request.User;

    /// <summary>Reports progress to the client; does nothing when it did not ask for it.</summary>
    public IProgress<ProgressNotificationValue> Progress() =>
        ProgressToken is { } token ? new TokenProgress(this, token) : SilentProgress.Instance;

    /// <summary>Keeps a value out of error messages for the rest of the call (<see cref="SensitiveAttribute"/>).</summary>
    public void Conceal(object? value)
    {
        var texts = _concealed ?? new HashSet<string>(StringComparer.Ordinal);
        ConcealedTexts.Add(value, texts);
        _concealed = texts.Count > 0 ? texts : null;
    }

    /// <summary>
    /// The answer to a caller who may not. It names what is missing, so that the client can ask for it (step-up), unless the server conceals what is
    /// forbidden: then it is the answer for an unknown name.
    /// </summary>
    internal virtual RefusalException Forbidden(RefusalException named) => Gate.Security.ConcealForbidden ? Unknown() : named;

    /// <summary>Exactly the answer for a name that the server does not know.</summary>
    internal abstract RefusalException Unknown();

    /// <summary>Gives up on it.</summary>
    internal void Abandon()
    {
        lock (Deciding)
        {
            IsAbandoned = true;
        }
    }

    /// <summary>
    /// Takes a per-call token out of the request before the author's method sees it: a method that logs or forwards its request would give it away
    /// (CWE-532; MCP authorization: a server MUST NOT pass a token through).
    /// </summary>
    internal void WithholdToken()
    {
        if (Caller.Source == CallerSource.CallMeta)
        {
            _token = WithheldToken.MetaOf(Request, Meta)?[CallMetaCredential.MetaKey]?.DeepClone();
            WithheldToken.Keep(Request, _token);
            Meta?.Remove(CallMetaCredential.MetaKey);
            RawMeta?.Remove(CallMetaCredential.MetaKey);
        }
    }

    /// <summary>
    /// Puts it back: for a client of an older protocol the SDK asks for the missing input itself, and calls again with the same request.
    /// </summary>
    internal void ReturnToken()
    {
        if (_token is not null)
        {
            Meta?[CallMetaCredential.MetaKey] = _token.DeepClone();
            RawMeta?[CallMetaCredential.MetaKey] = _token.DeepClone();
        }
    }

    private JsonObject? RawMeta => Request.JsonRpcMessage is JsonRpcRequest { Params: JsonObject parameters } ? parameters["_meta"] as JsonObject : null;

    internal void Seen(string argument)
    {
        _binding = argument;
        (_seen ??= []).Add(argument);
    }

    /// <summary>Whether a check was put off that nobody has run: nothing may be accepted then.</summary>
    internal bool HasDeferred => _deferred is { IsEmpty: false };

    void IDeferral.Defer(IDeferredCheck check) => (_deferred ??= new DeferredChecks()).Add(_binding, check);

    /// <summary>Whether an error speaks of a concealed value; such an error leaves neither for the client nor for the SDK's log.</summary>
    internal bool Reveals(Exception error)
    {
        if (_concealed is null)
        {
            return false;
        }

        var text = error.ToString();
        return _concealed.Any(value => text.Contains(value, StringComparison.Ordinal));
    }

    internal async ValueTask DisposeTargetAsync()
    {
        switch (CreatedTarget)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    private static ArgumentException Missing() => new("No service of the requested type was found.");

    private sealed class TokenProgress(PrimitiveCall call, ProgressToken token) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            if (value?.Message is { } text && OutputCheck.Message(call, text) is var message && message != text)
            {
                value = new ProgressNotificationValue { Progress = value.Progress, Total = value.Total, Message = message };
            }

            _ = call.Server.NotifyProgressAsync(token, value!);
        }
    }

    private sealed class SilentProgress : IProgress<ProgressNotificationValue>
    {
        internal static SilentProgress Instance { get; } = new();

        public void Report(ProgressNotificationValue value)
        {
        }
    }
}
