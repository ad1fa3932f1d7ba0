using System.Globalization;
using System.Security.Claims;
using McpSecureGen.Hosting;
using McpSecureGen.Hosting.Envelope;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Metadata;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Http;

/// <summary>The checks of one request, in order. The first that says no ends them.</summary>
internal sealed class RequestChecks
{
    /// <summary>How much of a message is read for someone unknown, to say in the challenge which scope it needs. More is not worth the memory.</summary>
    private const int UnauthenticatedBody = 64 * 1024;

    private readonly SecurityServices _security;
    private readonly McpSecurityOptions _options;
    private readonly HttpSecuritySettings _settings;
    private readonly IServiceProvider _services;
    private readonly PublicBindingCheck _binding;
    private readonly TransportAttempt _attempt;
    private readonly SessionOwners _sessions;
    private bool _isRecorded;

    internal RequestChecks(IServiceProvider services, SessionOwners sessions, HttpContext context)
    {
        var host = services.GetRequiredService<HostSecurity>();
        _security = host.Guard.Security;
        _options = host.Options;
        _attempt = new TransportAttempt(_security, $"http/{Printable(context.Request.Method)}");
        _settings = services.GetRequiredService<HttpSecuritySettings>();
        _services = services;
        _binding = services.GetRequiredService<PublicBindingCheck>();
        _sessions = sessions;
    }

    internal void Record(HttpRefusal refusal) => _attempt.RecordRefusal(refusal.Reason, refusal.Rule);

    /// <summary>
    /// Puts on the record what passed here and the transport then answered with an error of its own, before the server asked who calls: a protocol version
    /// that it does not serve, a session that is not there, a header that is missing.
    /// </summary>
    /// <exception cref="RefusalException">The record cannot be written.</exception>
    internal void RecordUnserved(HttpContext context)
    {
        if (!_isRecorded && !IsAsked(context) && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            _attempt.RecordRefusal("refused_by_transport", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What a request is told whose message is not looked into.</summary>
    internal HttpRefusal Unauthenticated(HttpContext context)
    {
        var failure = context.Features.Get<HttpCredential>() is { Result.Succeeded: false } credential ? credential.Result.Failure : AuthenticationFailure.NoCredential;
        return Unauthenticated(context, failure, []);
    }

    private HttpRefusal Unauthenticated(HttpContext context, AuthenticationFailure failure, IReadOnlyList<string> scopes)
    {
        var error = failure == AuthenticationFailure.NoCredential ? null : "invalid_token";
        var refusal = HttpRefusal.Unauthenticated(failure, Challenges(context, error, scopes));
        return context.Features.Get<HttpCredential>() is { Proof: not ProofFailure.None } credential ? refusal with { Rule = $"Proof{credential.Proof}" } : refusal;
    }

    private IReadOnlyList<string> Challenges(HttpContext context, string? error, IReadOnlyList<string> scopes)
    {
        DPoPChallenges.AddNonce(context, _services.GetRequiredService<ProofVerifier>());
        return DPoPChallenges.Of(
            context.Features.Get<HttpCredential>(), _services.GetRequiredService<ResourceIdentity>(), error, scopes, _settings.ResourceMetadata);
    }

    internal HttpRefusal? FindForbiddenHost(HttpContext context) =>
        !_binding.Admits(context.Connection) ? HttpRefusal.NotReady
        : !HostHeader.IsAllowed(context, _settings) ? HttpRefusal.ForbiddenHost
        : null;

    internal async ValueTask<HttpRefusal?> FindRefusalAsync(HttpContext context)
    {
        var request = context.Request;
        if (FindForbiddenHost(context) is { } forbidden)
        {
            return forbidden;
        }

        if (!OriginHeader.IsAllowed(context, _settings))
        {
            return HttpRefusal.ForbiddenOrigin;
        }

        // RFC 6750, section 5.3, and MCP authorization: such a token stands in logs, histories and Referer headers.
        if (request.Query.Keys.Any(static key => key.Equals("access_token", StringComparison.OrdinalIgnoreCase)))
        {
            return HttpRefusal.TokenInQuery;
        }

        var hasMessage = TakesMessage(context);
        if (hasMessage && !ContentTypeHeader.IsJson(request.Headers.ContentType))
        {
            return HttpRefusal.ContentType;
        }

        // What decodes a body takes the header away. A coding that is still named was not undone, and who undoes it reads another message.
        // A server takes the framing of HTTP/1.1 off ("chunked") and leaves any other transfer coding on.
        if (hasMessage && (request.Headers.ContentEncoding.Count > 0 || !IsPlain(request.Headers.TransferEncoding)))
        {
            return HttpRefusal.ContentType with { Rule = "Coding" };
        }

        var failure = await AuthenticateAsync(context).ConfigureAwait(false);
        if (failure != AuthenticationFailure.None)
        {
            return await UnauthenticatedAsync(context, failure, hasMessage).ConfigureAwait(false);
        }

        var refusal = hasMessage ? await FindInMessageAsync(context).ConfigureAwait(false) : null;
        if (refusal is null && _sessions.HideForeign(context))
        {
            _attempt.RecordRefusal("foreign_session", null);
            _isRecorded = true;
        }

        return refusal;
    }

    /// <summary>
    /// Whether what answers reads a message. The endpoint says so and not the request: between routing and the endpoint the method can be changed
    /// (<c>UseHttpMethodOverride</c>), and the endpoint stays the one that was chosen.
    /// </summary>
    private static bool TakesMessage(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) ||
        (context.GetEndpoint() is { } endpoint &&
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.All(static method => HttpMethods.IsGet(method) || HttpMethods.IsDelete(method)) != true);

    private static bool IsPlain(StringValues transfer) =>
        transfer.Count == 0 || (transfer.Count == 1 && string.Equals(transfer[0], "chunked", StringComparison.OrdinalIgnoreCase));

    private async Task<AuthenticationFailure> AuthenticateAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(McpSecurityAuthentication.Scheme).ConfigureAwait(false);
        var credential = context.Features.Get<HttpCredential>();
        if (!result.Succeeded || credential is not { Result: { Succeeded: true, Caller: { } caller } })
        {
            return credential is { Result.Succeeded: false } ? credential.Result.Failure : AuthenticationFailure.Unavailable;
        }

        // First ours, which the SDK binds sessions to; after it what the author's own authentication knows.
        var known = result.Principal.Identities.Concat(context.User.Identities).Where(static one => one.IsAuthenticated).ToArray();
        var claims = known.FirstOrDefault(static one => one.AuthenticationType == McpSecurityAuthentication.Scheme) ?? CallerIdentity.ClaimsOf(caller);
        var others = known.Where(static one => one.AuthenticationType != McpSecurityAuthentication.Scheme).Distinct();
        context.User = new ClaimsPrincipal([new CallerIdentity(credential.Lookup, caller, claims), .. others]);
        _attempt.Caller = caller;
        DPoPChallenges.AddNonce(context, _services.GetRequiredService<ProofVerifier>());
        return AuthenticationFailure.None;
    }

    /// <summary>The challenge names the scope of the operation, read from the message: every protocol version has one, and not every version has headers.</summary>
    private async Task<HttpRefusal> UnauthenticatedAsync(HttpContext context, AuthenticationFailure failure, bool hasMessage)
    {
        IReadOnlyList<string> scopes = [];
        RequestId id = default;
        if (hasMessage && await MessageBody.ReadAsync(context.Request, UnauthenticatedBody, context.RequestAborted).ConfigureAwait(false) is { } body &&
            RpcEnvelope.TryRead(body, out var message, out _, out id))
        {
            using (message)
            {
                Describe(context, message);
                scopes = _options.ConcealForbidden ? [] : _attempt.Operation.Requirement?.Names ?? [];
            }
        }

        return Unauthenticated(context, failure, scopes) with { Id = id };
    }

    private async Task<HttpRefusal?> FindInMessageAsync(HttpContext context)
    {
        if (await MessageBody.ReadAsync(context.Request, _settings.MaxBodyBytes, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            return HttpRefusal.TooLarge;
        }

        if (!RpcEnvelope.TryRead(body, out var message, out var fault, out var id))
        {
            return HttpRefusal.Envelope(fault) with { Id = id };
        }

        using (message)
        {
            Describe(context, message);
            if (RoutingHeaders.FindMismatch(context.Request.Headers, message, Shared) is { } header)
            {
                return HttpRefusal.HeaderMismatch(header) with { Id = id };
            }

            if (FindMissing(context, _attempt.Caller!) is { } refusal)
            {
                return refusal with { Id = id };
            }
        }

        MessageBody.Replay(context.Request, body);
        return null;
    }

    /// <summary>Puts on the record that the transport broke before the server asked who calls.</summary>
    /// <exception cref="RefusalException">The record cannot be written.</exception>
    internal void RecordBroken(HttpContext context)
    {
        if (!_isRecorded && !IsAsked(context))
        {
            _attempt.RecordRefusal("refused_by_transport", "Exception");
        }
    }

    private static bool IsAsked(HttpContext context) => context.User.Identities.OfType<CallerIdentity>().Any(static identity => identity.IsAsked);

    private HttpRefusal? FindMissing(HttpContext context, Caller caller)
    {
        if (_attempt.Operation is not { Requirement: { } requirement } operation || _options.ConcealForbidden)
        {
            return null;
        }

        if (!caller.May(requirement))
        {
            var missing = caller.MissingFor(requirement);
            return HttpRefusal.Insufficient(missing, Challenges(context, "insufficient_scope", missing));
        }

        return operation.NeedsSenderConstraint && !caller.IsSenderConstrained
            ? HttpRefusal.SenderConstraintRequired(requirement.Names, DPoPChallenges.ForBoundToken(requirement.Names, _settings.ResourceMetadata))
            : null;
    }

    private McpServerOptions Shared => _services.GetRequiredService<IOptions<McpServerOptions>>().Value;

    /// <summary>
    /// Looks the operation up where the message will be served: in its session, or in what all have in common. A session callback makes each request's
    /// options anew and may take anything out, so that what a caller lacks there is for the wrapper alone to say.
    /// </summary>
    private void Describe(HttpContext context, RpcEnvelope message)
    {
        if (message.Method is not { } method)
        {
            return;
        }

        var server = _sessions.OptionsOf(context);
        var isCertain = server is not null || _services.GetRequiredService<IOptions<HttpServerTransportOptions>>().Value.ConfigureSessionOptions is null;
        var operation = TransportOperation.Of(server ?? Shared, _security, PrintableMethod(method), message.Target);
        _attempt.Operation = isCertain ? operation : operation with { Requirement = null };
    }

    private static string Printable(string method) => method.Length <= 16 && method.All(char.IsAsciiLetter) ? method.ToLowerInvariant() : "other";

    private static string PrintableMethod(string method) =>
        method.Length <= 128 && method.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.') ? method : "(unprintable method)";
}
