namespace McpSecureGen.Audit;

/// <summary>An attempt whose intent is recorded and whose outcome is not yet.</summary>
/// <param name="attempt">Its identifier, unique over all processes that write the log.</param>
/// <param name="record">What was known before the effect.</param>
public sealed class AuditIntent(string attempt, AuditRecord record)
{
    /// <summary>The identifier; it stands in the final record as <c>attempt</c>.</summary>
    public string Attempt { get; } = attempt;

    /// <summary>What was known before the effect.</summary>
    public AuditRecord Record { get; } = record;
}
