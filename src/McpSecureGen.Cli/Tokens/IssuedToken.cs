namespace McpSecureGen.Cli.Tokens;

/// <summary>A signed token. Not a record: only who asks for <see cref="Text"/> gets it.</summary>
internal sealed class IssuedToken(string text, string id, string keyId, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    /// <summary>The token itself.</summary>
    public string Text { get; } = text;

    /// <summary>The <c>jti</c>, by which it can be revoked.</summary>
    public string Id { get; } = id;

    public string KeyId { get; } = keyId;

    public DateTimeOffset IssuedAt { get; } = issuedAt;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>The token's id; not the token.</summary>
    public override string ToString() => Id;
}
