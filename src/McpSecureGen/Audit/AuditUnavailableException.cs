namespace McpSecureGen.Audit;

/// <summary>The audit log cannot be written, so the call is refused. The message is fit for clients; what went wrong is the inner exception's.</summary>
public sealed class AuditUnavailableException : Exception
{
    /// <summary>The refusal.</summary>
    /// <param name="innerException">What went wrong, for the operator.</param>
    public AuditUnavailableException(Exception? innerException = null)
        : base("The audit log is unavailable; the call is refused.", innerException)
    {
    }
}
