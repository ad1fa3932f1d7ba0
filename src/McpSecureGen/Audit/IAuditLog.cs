namespace McpSecureGen.Audit;

/// <summary>Where attempts are recorded: one final record each, and the intent before the effect.</summary>
/// <remarks>Safe for use by many threads. After one failure every call throws, until the log is opened anew: no effect goes unrecorded.</remarks>
public interface IAuditLog
{
    /// <summary>Records that an effect is about to happen. It may happen only when this returns.</summary>
    /// <param name="intent">What is known before the effect.</param>
    /// <returns>The ticket that <see cref="Complete"/> takes, once.</returns>
    /// <exception cref="AuditUnavailableException">The intent could not be written.</exception>
    AuditIntent Begin(AuditRecord intent);

    /// <summary>Writes the final record of an attempt.</summary>
    /// <param name="intent">The ticket of <see cref="Begin"/>.</param>
    /// <param name="record">The facts, the outcome among them.</param>
    /// <exception cref="AuditUnavailableException">The record could not be written.</exception>
    /// <exception cref="InvalidOperationException">The attempt is completed already, or belongs to another log.</exception>
    void Complete(AuditIntent intent, AuditRecord record);

    /// <summary>Writes the final record of an attempt that never reached an effect: a refusal.</summary>
    /// <param name="record">The facts.</param>
    /// <exception cref="AuditUnavailableException">The record could not be written.</exception>
    void Record(AuditRecord record);
}
