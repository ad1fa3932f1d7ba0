namespace McpSecureGen.Validation;

/// <summary>Configuration section <c>McpSecurity:Output</c>: what is done to results before the client gets them.</summary>
/// <remarks>MCP specification, server/tools: servers MUST sanitize tool outputs. OWASP MCP10, CWE-150, CWE-200.</remarks>
public sealed class OutputOptions
{
    /// <summary>
    /// What becomes of characters that nobody sees or that act on a terminal. Default <see cref="OutputCharacters.Neutralise"/>.
    /// </summary>
    public OutputCharacters Characters { get; set; }

    /// <summary>
    /// Whether texts that look like well-known credentials (cloud keys, access tokens, private key blocks, connection strings) are replaced in results.
    /// Default <see langword="false"/>: a tool that shows source code or logs may show harmless ones.
    /// </summary>
    public bool RedactSecrets { get; set; }

    /// <summary>
    /// Name to regular expression: what matches is replaced by <c>[redacted: name]</c>, whatever <see cref="RedactSecrets"/> says. At most 64 patterns of at
    /// most 2,000 characters, without lookarounds, backreferences and atomic groups: they are matched in linear time (CWE-1333). A pattern that cannot be
    /// used stops the server at start-up.
    /// </summary>
    public Dictionary<string, string> SecretPatterns { get; set; } = new(StringComparer.Ordinal);
}
