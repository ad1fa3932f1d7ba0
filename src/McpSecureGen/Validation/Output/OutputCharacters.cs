namespace McpSecureGen.Validation;

/// <summary>
/// What becomes of control characters (all but tab, line feed and carriage return), terminal escapes, bidirectional controls, invisible and tag characters,
/// noncharacters and lone surrogates in a result.
/// </summary>
public enum OutputCharacters
{
    /// <summary>Each is replaced by its number in visible form, such as <c>&lt;U+202E&gt;</c>. Everything else passes unchanged.</summary>
    Neutralise,

    /// <summary>A result that holds one is withheld.</summary>
    Refuse,

    /// <summary>They pass. For servers whose clients want terminal output as it is, and show it nowhere else.</summary>
    Keep,
}
