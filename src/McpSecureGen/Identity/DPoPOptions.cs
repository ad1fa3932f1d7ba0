namespace McpSecureGen.Identity;

/// <summary>Configuration section <c>McpSecurity:Authentication:DPoP</c>: how a proof of possession is judged (RFC 9449).</summary>
public sealed class DPoPOptions
{
    /// <summary>How old a proof may be by its <c>iat</c>. Default 60 seconds; 1 second to 5 minutes.</summary>
    public TimeSpan ProofLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far in the future its <c>iat</c> may lie. Default 5 seconds; at most 30.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a proof must carry a nonce that this server made in the last two minutes (RFC 9449, section 9): without it, whoever borrows the client's
    /// key for a moment can sign proofs for later. Default <see langword="true"/>.
    /// </summary>
    public bool RequireNonce { get; set; } = true;

    /// <summary>
    /// The key of the nonces, at least 32 random bytes in base64; the same in all processes behind one address. Default: one made at start, which only
    /// this process knows.
    /// </summary>
    public string? NonceKey { get; set; }

    internal const int MinimumNonceKeyBytes = 32;

    internal void Check(string section, List<string> problems)
    {
        if (ProofLifetime < TimeSpan.FromSeconds(1) || ProofLifetime > TimeSpan.FromMinutes(5))
        {
            problems.Add($"{section}:ProofLifetime is {ProofLifetime}. Set it between 1 second and 5 minutes.");
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromSeconds(30))
        {
            problems.Add($"{section}:ClockSkew is {ClockSkew}. Set it between zero and 30 seconds.");
        }

        if (NonceKey is not null && ReadNonceKey() is not { Length: >= MinimumNonceKeyBytes })
        {
            problems.Add($"{section}:NonceKey must be at least {MinimumNonceKeyBytes} random bytes in base64. Make it with: openssl rand -base64 32");
        }
    }

    /// <summary>The bytes of <see cref="NonceKey"/>; null when it is absent or not base64.</summary>
    internal byte[]? ReadNonceKey()
    {
        var bytes = new byte[(NonceKey?.Length ?? 0) * 3 / 4 + 3];
        return NonceKey is not null && Convert.TryFromBase64String(NonceKey, bytes, out var written) ? bytes[..written] : null;
    }
}
