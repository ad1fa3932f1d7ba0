namespace McpSecureGen.Identity;

/// <summary>What became of one DPoP proof.</summary>
/// <param name="KeyThumbprint">The RFC 7638 thumbprint of the proved key; null exactly when refused.</param>
/// <param name="Failure">Why it was refused; <see cref="ProofFailure.None"/> when not.</param>
internal readonly record struct ProofResult(string? KeyThumbprint, ProofFailure Failure)
{
    internal static ProofResult Refused(ProofFailure failure) => new(null, failure);
}
