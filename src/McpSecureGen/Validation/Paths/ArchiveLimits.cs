namespace McpSecureGen;

/// <summary>Bounds of <see cref="ConfinedPath.ExtractArchive"/>. Beside them each file obeys <see cref="SafePathAttribute.MaxBytes"/>.</summary>
/// <remarks>A few kilobytes of an archive can stand for terabytes (CWE-409).</remarks>
public sealed record ArchiveLimits
{
    /// <summary>The greatest number of entries, folders included. Default 10,000.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>The greatest length of all files together, in bytes. Default 256 MiB.</summary>
    public long MaxTotalBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many times longer a file may be than it is in the archive; files up to 1 MiB may be any. Default 200.</summary>
    public int MaxRatio { get; init; } = 200;
}
