using McpSecureGen.Audit;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Invocation;

/// <summary>What a wrapper asks on each call: who, may it, is the input sound, and where it is recorded. One per server host.</summary>
internal sealed record SecurityServices(
    CallerResolver Callers,
    CapabilityVocabulary Vocabulary,
    PathRoots Roots,
    LimitOptions Limits,
    IAuditLog Audit,
    TimeProvider Time,
    bool IsLocal)
{
    /// <summary>Whether a credential of the process (token file, environment) speaks for the caller: on a local pipe yes, over HTTP never.</summary>
    public bool IsLocal { get; init; } = IsLocal;
}
