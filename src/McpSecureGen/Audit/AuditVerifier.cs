namespace McpSecureGen.Audit;

/// <summary>Checks an audit log, from its file alone, without the process that wrote it.</summary>
/// <remarks>
/// Found: every changed byte, and every record deleted, inserted or moved, at the first record it concerns. Not found: whole records cut off the end, and a
/// file rewritten from some record on with all its hashes computed anew. No key is involved, so both need a copy of the last hash kept elsewhere.
/// A log that is being written may show its last record half done.
/// </remarks>
public static class AuditVerifier
{
    /// <summary>Checks a log.</summary>
    /// <param name="path">The file.</param>
    public static AuditVerification Verify(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var chain = new ChainReader();
        try
        {
            using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            chain.Read(log);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new AuditVerification(chain.Records, false, null, $"The log cannot be read: {error.Message}");
        }

        var problem = chain.Problem ?? (chain.Tail.Length > 0 ? "is torn: its line has no end" : null);
        return problem is null
            ? new AuditVerification(chain.Records, true, null, null)
            : new AuditVerification(chain.Records, false, chain.Records + 1, $"Record {chain.Records + 1} {problem}.");
    }
}
