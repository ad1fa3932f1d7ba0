namespace McpSecureGen;

/// <summary>
/// Confines a path argument to a named root. The method receives the canonical absolute path, links resolved, or is not called.
/// </summary>
/// <remarks>
/// <para>On <see langword="string"/> and <see cref="ConfinedPath"/>, collections and dictionary values of them, members of complex parameters and variables of a
/// resource template. The root is
/// configured under <c>McpSecurity:Roots:{name}</c>; a root that is not configured stops the server at start-up, and the working directory is
/// never a root by default (CVE-2026-77271, CVE-2026-40576).</para>
/// <para>Refused: absolute paths, <c>..</c> that leaves the root, links that lead out of it (CVE-2025-53109), siblings that share its prefix
/// (CVE-2025-53110), NUL and control characters, device names, alternate data streams, UNC and drive forms, on every operating system alike.</para>
/// <para>With a <see langword="string"/> the check and the tool's own use of the path are two moments: what another process swaps in between is not seen.
/// A <see cref="ConfinedPath"/> opens its file by itself and has no such moment.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class SafePathAttribute : Attribute
{
    /// <summary>The name of the configured root. Required; compared without regard to case, as configuration keys are.</summary>
    public string Root { get; set; } = "";

    /// <summary>What the tool does with the path. A root configured as read-only refuses <see cref="PathAccess.Write"/>.</summary>
    public PathAccess Access { get; set; } = PathAccess.Read;

    /// <summary>Allowed file extensions with their dot, compared without case; empty: any.</summary>
    public string[] Extensions { get; set; } = [];

    /// <summary>Whether the file or folder must exist.</summary>
    public bool MustExist { get; set; }

    /// <summary>
    /// Whether a file with a second name (hard link) is accepted. The other name may lie outside the root, and nothing can tell where. Off by default; set it
    /// for folders of package managers that link their files.
    /// </summary>
    public bool AllowHardLinks { get; set; }

    /// <summary>
    /// The greatest length in bytes of a file that a <see cref="ConfinedPath"/> opens for reading, reads, writes, copies or extracts. Default 64 MiB. A plain
    /// <see langword="string"/> hands the file to the tool, whose own limit counts then.
    /// </summary>
    public long MaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>The greatest length of the argument, in UTF-16 characters.</summary>
    public int MaxLength { get; set; } = 1024;
}

/// <summary>What a tool does with a path.</summary>
public enum PathAccess
{
    /// <summary>It reads, lists or inspects.</summary>
    Read,

    /// <summary>It creates, changes, moves or deletes. The root itself is refused.</summary>
    Write,
}
