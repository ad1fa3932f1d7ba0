namespace McpSecureGen.Audit;

/// <summary>What a check of an audit log found.</summary>
/// <param name="Records">How many records, from the first on, are sound.</param>
/// <param name="Valid">Whether all are.</param>
/// <param name="FirstBadSequence">The number, counted from 1, of the first record that is not; <see langword="null"/> when there is none.</param>
/// <param name="Problem">What is wrong, in words; <see langword="null"/> when nothing is.</param>
public sealed record AuditVerification(long Records, bool Valid, long? FirstBadSequence, string? Problem);
