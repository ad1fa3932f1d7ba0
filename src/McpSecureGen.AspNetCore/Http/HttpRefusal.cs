using McpSecureGen.Hosting.Envelope;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Http;

/// <summary>Why a request does not reach the server, for its client and for the record.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The JSON-RPC error code, the same as in-band.</param>
/// <param name="Reason"><c>data.reason</c> and the record's reason.</param>
/// <param name="Message">For the client.</param>
internal sealed record HttpRefusal(int Status, int Code, string Reason, string Message)
{
    /// <summary>Which check it was: for the record alone.</summary>
    internal string? Rule { get; init; }

    /// <summary><c>data.detail</c>.</summary>
    internal string? Detail { get; init; }

    /// <summary><c>data.required</c>: the missing capabilities.</summary>
    internal IReadOnlyList<string>? Required { get; init; }

    /// <summary>The <c>WWW-Authenticate</c> headers.</summary>
    internal IReadOnlyList<string> Challenges { get; init; } = [];

    internal RequestId Id { get; init; }

    internal static HttpRefusal ForbiddenHost { get; } = new(403, (int)McpErrorCode.InvalidRequest, "forbidden_host", "The request names a host that this server is not.");

    internal static HttpRefusal ForbiddenOrigin { get; } = new(403, (int)McpErrorCode.InvalidRequest, "forbidden_origin", "The request comes from an origin that is not allowed.");

    internal static HttpRefusal TokenInQuery { get; } = new(400, (int)McpErrorCode.InvalidRequest, "token_in_query", "A token must not stand in the query string. Send it in the Authorization header.");

    internal static HttpRefusal ContentType { get; } = new(415, (int)McpErrorCode.InvalidRequest, "content_type", "The content type must be application/json in UTF-8.");

    internal static HttpRefusal TooLarge { get; } = new(413, (int)McpErrorCode.InvalidRequest, "body_too_large", "The message is too large.");

    internal static HttpRefusal PolicyDenied { get; } = new(403, (int)McpErrorCode.InvalidRequest, "forbidden_by_policy", "Not authorized.");

    internal static HttpRefusal NotReady { get; } = new(503, (int)McpErrorCode.InternalError, "not_ready", "The server is not ready.");

    internal static HttpRefusal CheckFailed { get; } = new(503, (int)McpErrorCode.InternalError, "check_failed", "A check could not be made; the request was refused.");

    internal static HttpRefusal AuditUnavailable { get; } = new(503, RefusalCodes.AuditUnavailable, "audit_unavailable", "The audit log is not available; the call was not made.");

    internal static HttpRefusal Envelope(EnvelopeFault fault) => new(400, (int)fault.Code, "invalid_envelope", fault.Message) { Rule = fault.Rule };

    internal static HttpRefusal HeaderMismatch(string header) =>
        new(400, (int)McpErrorCode.HeaderMismatch, "header_mismatch", $"The header {header} does not say what the message says.") { Rule = header };

    /// <summary>A check that could not be made is no word on the token: the client need not look for another one.</summary>
    internal static HttpRefusal Unauthenticated(AuthenticationFailure failure, IReadOnlyList<string> challenges) =>
        new(failure == AuthenticationFailure.Unavailable ? 503 : 401, RefusalCodes.Unauthenticated, "unauthenticated", "Not authenticated.")
        {
            Rule = failure.ToString(),
            Detail = CallerAuthentication.Describe(failure),
            Challenges = failure == AuthenticationFailure.Unavailable ? [] : challenges,
        };

    /// <summary>The caller holds what is required, by a token that anybody could use who gets hold of it: another kind of token is asked for, not more scopes.</summary>
    internal static HttpRefusal SenderConstraintRequired(IReadOnlyList<string> required, string challenge) =>
        new(401, RefusalCodes.InsufficientCapability, "sender_constraint_required", "Not authorized.") { Required = required, Challenges = [challenge] };

    internal static HttpRefusal Insufficient(IReadOnlyList<string> missing, IReadOnlyList<string> challenges) =>
        new(403, RefusalCodes.InsufficientCapability, "insufficient_capability", "Not authorized.") { Required = missing, Challenges = challenges };
}
