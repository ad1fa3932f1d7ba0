namespace McpSecureGen.Audit;

/// <summary>The facts of one attempt to use a primitive. Values of arguments are never part of it.</summary>
/// <remarks>Strings longer than 256 UTF-16 characters and lists longer than 32 entries are cut in the log, with a mark that says so.</remarks>
public sealed record AuditRecord
{
    /// <summary>The protocol method (<c>tools/call</c>, <c>resources/read</c>); <c>audit/recovered</c> is written by the log itself.</summary>
    public required string Method { get; init; }

    /// <summary>The name or URI of the primitive, as asked for.</summary>
    public string? Primitive { get; init; }

    /// <summary>The isolation unit of the primitive.</summary>
    public string? Namespace { get; init; }

    /// <summary>Who called; <see langword="null"/> when not authenticated.</summary>
    public string? Subject { get; init; }

    /// <summary>Through which client.</summary>
    public string? ClientId { get; init; }

    /// <summary>The identifier of the token (<c>jti</c>), never the token.</summary>
    public string? TokenId { get; init; }

    /// <summary>Where the credential came from.</summary>
    public string? CallerSource { get; init; }

    /// <summary>The capabilities the primitive demands.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The names of the declared arguments that were present.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How many arguments no parameter declares. Their names are the caller's text and are left out.</summary>
    public int UndeclaredArguments { get; init; }

    /// <summary><c>allowed</c> or <c>refused</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The parameter that was refused.</summary>
    public string? Parameter { get; init; }

    /// <summary>The rule that refused it.</summary>
    public string? Rule { get; init; }

    /// <summary>
    /// <c>succeeded</c>, <c>tool_error</c>, <c>failed</c>, <c>cancelled</c>, <c>timed_out</c>, <c>output_refused</c> or <c>input_required</c>; <c>unknown</c> is written by the log itself for an attempt that was under way
    /// when its process ended.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>The length of the result, in UTF-16 characters of its text.</summary>
    public int? ResultLength { get; init; }

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The W3C trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>When the attempt began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }
}
