namespace McpSecureGen.Identity;

/// <summary>One issuer: what its tokens must be like, and the only keys that are tried for them.</summary>
internal sealed record TrustedIssuer(IssuerSettings Settings, IKeyRing Keys);
