using McpSecureGen.Audit;

namespace McpSecureGen.Invocation;

/// <summary>The audit log as calls see it: where it cannot write, the call is refused and not merely left out of the log.</summary>
/// <remarks>
/// When the outcome of a call cannot be written its effect has happened and its intent is on the record; the result is withheld then, so that
/// nobody takes the call for a recorded one.
/// </remarks>
internal sealed class RefusingAuditLog(IAuditLog log) : IAuditLog
{
    public AuditIntent Begin(AuditRecord intent)
    {
        try
        {
            return log.Begin(intent);
        }
        catch (AuditUnavailableException)
        {
            throw RefusalException.AuditUnavailable();
        }
    }

    public void Complete(AuditIntent intent, AuditRecord record)
    {
        try
        {
            log.Complete(intent, record);
        }
        catch (AuditUnavailableException)
        {
            throw RefusalException.AuditUnavailable();
        }
    }

    public void Record(AuditRecord record)
    {
        try
        {
            log.Record(record);
        }
        catch (AuditUnavailableException)
        {
            throw RefusalException.AuditUnavailable();
        }
    }
}
