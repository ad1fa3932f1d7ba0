namespace McpSecureGen.Cli.Tokens;

/// <summary>What a token is to say.</summary>
internal sealed record TokenRequest(
    string Issuer,
    string Audience,
    string Subject,
    string? Client,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Roles,
    TimeSpan Lifetime,
    string? ProofKeyThumbprint);
