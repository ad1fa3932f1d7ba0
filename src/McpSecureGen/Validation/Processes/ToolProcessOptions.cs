namespace McpSecureGen;

/// <summary>How <see cref="ToolProcess"/> runs a program. All of it is the author's to say; nothing here should come from a client unchecked.</summary>
public sealed record ToolProcessOptions
{
    /// <summary>
    /// The absolute path of an existing folder to run in. Not set: an empty folder of this run alone, which is deleted afterwards, so that a program finds no
    /// configuration and no library in the place where it stands (CWE-427).
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Arguments that are data, whatever they begin with: they follow the others after <see cref="EndOfOptions"/>. Only for programs that take
    /// <c>--</c> for the end of their options. CVE-2025-68144.
    /// </summary>
    public IReadOnlyList<string> Operands { get; init; } = [];

    /// <summary>What stands before the <see cref="Operands"/>: <c>--</c> by default; <c>--end-of-options</c> for revisions of git.</summary>
    public string EndOfOptions { get; init; } = "--";

    /// <summary>
    /// Names of variables that the program gets with the value they have in the server. None by default. Those that are not set there are left out.
    /// </summary>
    public IReadOnlyCollection<string> InheritedVariables { get; init; } = [];

    /// <summary>
    /// Variables that the program gets besides. None by default. Names through which a value becomes code are refused (<c>LD_PRELOAD</c>, <c>NODE_OPTIONS</c>).
    /// </summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the program reads from its standard input, as UTF-8. Not set: the input is at its end from the start.</summary>
    public string? Input { get; init; }

    /// <summary>After how long the program and all it has started are ended. Default 30 seconds; more than zero and at most a day.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much of the output, and of the error output, is kept, in bytes each. Default 1 MiB; 1 byte to 256 MiB. The rest is read and thrown away, so
    /// that the program comes to its own end and leaves nothing half done.
    /// </summary>
    public int MaxOutputBytes { get; init; } = 1024 * 1024;
}
