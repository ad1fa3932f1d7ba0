using McpSecureGen.Audit;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;

namespace McpSecureGen.Hosting.Guard;

/// <summary>One message that a transport refuses before the server sees it: the one record of that attempt.</summary>
internal sealed class TransportAttempt(SecurityServices security, string method)
{
    private readonly DateTimeOffset _startedAt = security.Time.GetUtcNow();
    private readonly long _started = security.Time.GetTimestamp();

    /// <summary>What is asked for; until the message is read, the transport's own name for it.</summary>
    internal TransportOperation Operation { get; set; } = new(method, null, null, null);

    internal Caller? Caller { get; set; }

    /// <exception cref="RefusalException">The record cannot be written.</exception>
    internal void RecordRefusal(string reason, string? rule) => security.Audit.Record(CallerAuthentication.Stamp(
        new AuditRecord
        {
            Method = Operation.Method,
            Primitive = Operation.Primitive,
            Namespace = Operation.Namespace,
            Required = Operation.Requirement?.Names ?? [],
            Decision = "refused",
            Reason = reason,
            Rule = rule,
            Duration = security.Time.GetElapsedTime(_started),
            StartedAt = _startedAt,
        },
        Caller));
}
