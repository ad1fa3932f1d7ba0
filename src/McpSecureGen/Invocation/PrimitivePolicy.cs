namespace McpSecureGen.Invocation;

/// <summary>What the author declared of one tool, prompt or resource. Made by generated code only.</summary>
public sealed class PrimitivePolicy
{
    /// <summary>The longest time limit and the longest window of a rate limit.</summary>
    internal static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    /// <summary>Makes a policy.</summary>
    /// <param name="key">The key of the primitive: documentation ids of its reflected type and its method.</param>
    /// <param name="mcpNamespace">The isolation unit.</param>
    /// <param name="capabilities">What the caller must hold.</param>
    /// <param name="waiver">The reason why it needs no capability; <see langword="null"/> when it declares some.</param>
    /// <param name="isSensitive">Whether the result is marked <see cref="SensitiveAttribute"/>.</param>
    /// <exception cref="ArgumentException">Neither a capability nor a reason is given: such a primitive has no policy.</exception>
    public PrimitivePolicy(string key, string mcpNamespace, IReadOnlyList<string> capabilities, string? waiver, bool isSensitive = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentException.ThrowIfNullOrWhiteSpace(mcpNamespace);
        ArgumentNullException.ThrowIfNull(capabilities);
        if (capabilities.Count == 0 && string.IsNullOrWhiteSpace(waiver))
        {
            throw new ArgumentException($"'{key}' declares no capability and no reason why it needs none (MCPSEC1001).", nameof(capabilities));
        }

        Key = key;
        Namespace = mcpNamespace;
        Capabilities = capabilities;
        Waiver = waiver;
        IsSensitive = isSensitive;
    }

    /// <summary>Documentation ids of the reflected type and the method, joined by <c>|</c>.</summary>
    public string Key { get; }

    /// <summary>The isolation unit.</summary>
    public string Namespace { get; }

    /// <summary>What the caller must hold, all of it.</summary>
    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>Why it needs no capability.</summary>
    public string? Waiver { get; }

    /// <summary>Whether nothing about the result is recorded.</summary>
    public bool IsSensitive { get; }

    /// <summary>How often one caller may use it; <see langword="null"/>: no bound of its own (<see cref="RateLimitAttribute"/>).</summary>
    /// <exception cref="ArgumentException">Not one call or more in one second to one day.</exception>
    public RateLimitRule? RateLimit
    {
        get;
        init => field = value is not { } rule || (rule.Permits > 0 && rule.Window >= TimeSpan.FromSeconds(1) && rule.Window <= LongestTime)
            ? value
            : throw Invalid("[RateLimit] needs one call or more in 1 to 86400 seconds");
    }

    /// <summary>How long it may take; <see langword="null"/>: as long as any (<see cref="TimeoutAttribute"/>).</summary>
    /// <exception cref="ArgumentException">Not above zero, or more than one day.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || (value > TimeSpan.Zero && value <= LongestTime)
            ? value
            : throw Invalid("[Timeout] needs more than zero and at most 86400 seconds");
    }

    /// <summary>How long its result may be, in UTF-16 characters; <see langword="null"/>: as long as any (<see cref="MaxOutputAttribute"/>).</summary>
    /// <exception cref="ArgumentException">Less than one.</exception>
    public int? MaxOutput
    {
        get;
        init => field = value is null or > 0 ? value : throw Invalid("[MaxOutput] needs one character or more");
    }

    /// <summary>What the person at the client is asked first; <see langword="null"/>: nothing (<see cref="RequiresConfirmationAttribute"/>).</summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public string? Confirmation
    {
        get;
        init => field = value is null || !string.IsNullOrWhiteSpace(value) ? value : throw Invalid("[RequiresConfirmation] needs a message");
    }

    /// <summary>For a prompt or resource.</summary>
    /// <exception cref="ArgumentException">The author asks for a confirmation that nobody would be asked for.</exception>
    internal void RequireNoConfirmation()
    {
        if (Confirmation is not null)
        {
            throw Invalid("[RequiresConfirmation] is for tools");
        }
    }

    private ArgumentException Invalid(string what) => new($"'{Key}': {what} (MCPSEC2003).");
}
