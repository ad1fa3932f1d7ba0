namespace McpSecureGen.Identity;

/// <summary>The keys in force. A token that another epoch validated is validated anew: the object is the epoch, whatever it holds.</summary>
internal sealed class KeyEpoch(VerificationKeySet keys)
{
    public VerificationKeySet Keys { get; } = keys;
}
