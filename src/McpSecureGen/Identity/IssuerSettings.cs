namespace McpSecureGen.Identity;

/// <summary>What the tokens of one issuer must be like; checked, and out of reach of later changes to the options.</summary>
internal sealed record IssuerSettings(string Issuer, string Audience, TimeSpan MaxTokenLifetime, TimeSpan ClockSkew, bool RequireProof);
