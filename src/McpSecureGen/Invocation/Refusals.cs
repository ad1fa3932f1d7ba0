using McpSecureGen.Validation.Output;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>The JSON-RPC errors by which a call is refused. Codes are free ones of the implementation range; the SDK uses none of them.</summary>
public static class RefusalCodes
{
    /// <summary>No credential, or one that is not accepted. <c>data.reason</c> is <c>unauthenticated</c>.</summary>
    public const int Unauthenticated = -32050;

    /// <summary>The caller lacks a capability. <c>data.reason</c> is <c>insufficient_capability</c>, <c>data.required</c> names them.</summary>
    public const int InsufficientCapability = -32051;

    /// <summary>The attempt cannot be put on the record, so it is not made. <c>data.reason</c> is <c>audit_unavailable</c>.</summary>
    public const int AuditUnavailable = -32052;

    /// <summary>
    /// The caller has made too many calls. <c>data.reason</c> is <c>rate_limited</c>, or <c>rate_limit_unavailable</c> when nobody can say; <c>data.retryAfter</c>
    /// is in whole seconds.
    /// </summary>
    public const int RateLimited = -32053;

    /// <summary>
    /// A prompt or resource took too long or is too long. <c>data.reason</c> is <c>timed_out</c> or <c>output_refused</c>. Of a tool it is a result.
    /// </summary>
    public const int LimitExceeded = -32054;
}

/// <summary>A refusal by this library: told apart from errors that a tool raises, whose <see cref="Exception.Data"/> must not reach the client.</summary>
internal sealed class RefusalException : McpProtocolException
{
    private RefusalException(string message, int code, string reason)
        : base(message, (McpErrorCode)code) => Data["reason"] = Reason = reason;

    internal string Reason { get; }

    internal static RefusalException Unauthenticated(string why)
    {
        var refusal = new RefusalException("Not authenticated.", RefusalCodes.Unauthenticated, "unauthenticated");
        refusal.Data["detail"] = why;
        return refusal;
    }

    internal static RefusalException Insufficient(IReadOnlyList<string> required)
    {
        var refusal = new RefusalException("Not authorized.", RefusalCodes.InsufficientCapability, "insufficient_capability");
        refusal.Data["required"] = required.ToArray();
        return refusal;
    }

    internal static RefusalException AuditUnavailable() =>
        new("The audit log is not available; the call was not made.", RefusalCodes.AuditUnavailable, "audit_unavailable");

    /// <summary>The caller holds what is required, by a token that anybody could use who gets hold of it (RFC 9449).</summary>
    internal static RefusalException SenderConstraintRequired(IReadOnlyList<string> required)
    {
        var refusal = new RefusalException("Not authorized.", RefusalCodes.InsufficientCapability, "sender_constraint_required");
        refusal.Data["required"] = required.ToArray();
        return refusal;
    }

    internal static RefusalException RateLimited(Excess excess)
    {
        var refusal = new RefusalException("Too many calls.", RefusalCodes.RateLimited, excess.Reason);
        refusal.Data["retryAfter"] = excess.RetryAfterSeconds;
        return refusal;
    }

    /// <summary>A check broke. What broke is for the operator.</summary>
    internal static RefusalException CheckFailed() => new("The call could not be checked and was not made.", (int)McpErrorCode.InternalError, "check_failed");

    internal static RefusalException LimitExceeded(string text, string reason) => new(text, RefusalCodes.LimitExceeded, reason);

    internal static RefusalException UnknownTool(string? name) => Unknown($"Unknown tool: '{name}'");

    internal static RefusalException UnknownPrompt(string? name) => Unknown($"Unknown prompt: '{name}'");

    /// <summary>Exactly what the SDK answers for a name it does not know.</summary>
    internal static RefusalException Unknown(string message, McpErrorCode code = McpErrorCode.InvalidParams) => new(message, code);

    /// <summary>Exactly what the SDK answers for a URI that no resource matches, in the code of the negotiated protocol version.</summary>
    internal static RefusalException UnknownResource(McpServer server, string? uri) => Unknown(
        $"Unknown resource URI: '{uri}'",
        string.CompareOrdinal(server.NegotiatedProtocolVersion, "2026-07-28") >= 0 ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound);

    internal static RefusalException InvalidArgument(ArgumentViolation violation)
    {
        // It may repeat the name of an argument, which the client chose.
        var refusal = new RefusalException(CharacterScan.Neutralise(violation.Text), (int)McpErrorCode.InvalidParams, "invalid_argument");
        refusal.Data["parameter"] = violation.Parameter;
        refusal.Data["rule"] = violation.Rule;
        return refusal;
    }

    private RefusalException(string message, McpErrorCode code)
        : base(message, code) => Reason = "unknown";
}
