namespace McpSecureGen.Identity;

/// <summary>What happens to tokens while nobody can say whether they were revoked.</summary>
public enum RevocationOutage
{
    /// <summary>Every call is refused.</summary>
    Refuse,

    /// <summary>
    /// Tokens count until they expire. A token that this process already saw revoked stays refused; one revoked just before or during the outage is
    /// accepted for the rest of its lifetime (5 minutes by default).
    /// </summary>
    Accept,
}
