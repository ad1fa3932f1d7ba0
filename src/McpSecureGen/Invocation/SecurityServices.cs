using McpSecureGen.Audit;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;
using McpSecureGen.Validation.Paths;
using McpSecureGen.Validation.Processes;
using McpSecureGen.Validation.Urls;

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

    /// <summary>The programs that tools may start.</summary>
    public required ExecutableTable Executables { get; init; }

    /// <summary>Where calls are counted.</summary>
    public required IRateLimitStore RateLimits { get; init; }

    /// <summary>What has been used and must not be used again.</summary>
    public required IReplayCache Replays { get; init; }

    /// <summary>How what a client carries between two requests is authenticated.</summary>
    public required RequestStateSeal States { get; init; }

    /// <summary>What is done to results.</summary>
    public required OutputRules Output { get; init; }

    /// <summary>Who made which task.</summary>
    public required TaskOwners Tasks { get; init; }

    /// <summary>How URLs are checked, and the way out to them.</summary>
    public required UrlSecurity Urls { get; init; }

    /// <summary>Whether a forbidden tool or prompt is answered like an unknown one.</summary>
    public bool ConcealForbidden { get; init; }

    /// <summary>What only a token bound to its holder's key may use.</summary>
    public SenderConstraints SenderConstraints { get; init; } = SenderConstraints.None;
}
