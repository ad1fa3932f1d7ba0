namespace McpSecureGen.Identity;

/// <summary>Configuration section <c>McpSecurity:Authentication:Revocation</c>: how a token that was withdrawn is noticed.</summary>
public sealed class RevocationOptions
{
    /// <summary>
    /// How old the last answer about a token may be. Default 500 ms; 50 ms to 1 second, so that every process refuses a revoked token within one second.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the list may take to answer. Default 400 ms; 10 ms to 1 second.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>What happens while the list does not answer. Default <see cref="RevocationOutage.Refuse"/>.</summary>
    public RevocationOutage WhenUnavailable { get; set; } = RevocationOutage.Refuse;

    /// <summary>
    /// Whether the container's <c>IDistributedCache</c> holds the list, so that several processes share it. Default <see langword="false"/>: the list is
    /// this process's own, because a cache that an application registered for something else (one it clears, one that evicts) must not become the
    /// memory of what was revoked without anyone deciding so. <c>AddMcpSecurityRedis</c> brings a cache of its own and needs no setting.
    /// </summary>
    public bool UseDistributedCache { get; set; }

    internal void Check(string section, List<string> problems)
    {
        var second = TimeSpan.FromSeconds(1);
        if (CheckInterval < TimeSpan.FromMilliseconds(50) || CheckInterval > second)
        {
            problems.Add($"{section}:CheckInterval is {CheckInterval}. Set it between 50 milliseconds and 1 second.");
        }

        if (Timeout < TimeSpan.FromMilliseconds(10) || Timeout > second)
        {
            problems.Add($"{section}:Timeout is {Timeout}. Set it between 10 milliseconds and 1 second.");
        }

        if (!Enum.IsDefined(WhenUnavailable))
        {
            problems.Add($"{section}:WhenUnavailable is {WhenUnavailable}. Set it to Refuse or Accept.");
        }
    }
}
