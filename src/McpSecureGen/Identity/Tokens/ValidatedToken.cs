namespace McpSecureGen.Identity;

/// <summary>A token that passed every check, until when, and by which keys.</summary>
internal sealed record ValidatedToken(Caller Caller, DateTimeOffset From, DateTimeOffset Until, TrustedIssuer Issuer, KeyEpoch Epoch)
{
    /// <summary>Outlives the epoch: new keys do not make a revoked token good.</summary>
    public RevocationState Revocation { get; init; } = new(Caller);
}
