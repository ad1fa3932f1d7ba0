namespace McpSecureGen.Identity;

/// <summary>What the list says of a token.</summary>
internal enum RevocationAnswer
{
    /// <summary>Nobody could say. The default: what was not asked is not clear.</summary>
    Unavailable,

    /// <summary>Not revoked.</summary>
    Clear,

    /// <summary>Revoked.</summary>
    Revoked,
}
