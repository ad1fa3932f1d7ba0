namespace McpSecureGen.Identity;

/// <summary>
/// A token that passed every check, until when, by which keys, and what is known of its revocation. That outlives the epoch: new keys do not make a revoked
/// token good.
/// </summary>
internal sealed record ValidatedToken(
    Caller Caller, DateTimeOffset From, DateTimeOffset Until, TrustedIssuer Issuer, KeyEpoch Epoch, RevocationState Revocation);
