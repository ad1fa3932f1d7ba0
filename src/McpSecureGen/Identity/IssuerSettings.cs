namespace McpSecureGen.Identity;

/// <summary>What the tokens of one issuer must be like; checked, and out of reach of later changes to the options.</summary>
internal sealed record IssuerSettings(string Issuer, string Audience, TimeSpan MaxTokenLifetime, TimeSpan ClockSkew, bool RequireProof)
{
    /// <summary>The claim that identifies a token.</summary>
    public required string TokenIdClaim { get; init; }

    /// <summary>Whether a header without <c>typ</c> is acceptable.</summary>
    public required bool AllowMissingType { get; init; }
}
