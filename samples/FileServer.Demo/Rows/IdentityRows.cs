namespace FileServer.Demo.Rows;

/// <summary>Whoever cannot say who it is gets nothing, and does not learn why in a way that helps to forge. The record says why.</summary>
internal static class IdentityRows
{
    public static IEnumerable<Row> All(Tokens tokens) =>
    [
        Refused("no token", null, "no token", "NoCredential"),
        Refused("expired token", tokens.Expired, "token expired", "Expired"),
        Refused("token for another server", tokens.WrongAudience, "token not accepted", "WrongAudience"),
        Refused("token of a foreign key", tokens.WrongKey, "token not accepted", "BadSignature"),
        Refused("reader's token, role changed", tokens.Tampered, "token not accepted", "BadSignature"),
        Refused("token with alg none", tokens.Unsigned, "token not accepted", "Malformed"),
        Refused("token that lives for an hour", tokens.LivesTooLong, "token not accepted", "LifetimeTooLong"),
        Refused("text that is no token", "let me in", "token not accepted", "Malformed"),
        new("no token", "tools/list", "refused: unauthenticated (no token)", "refused unauthenticated NoCredential", s => s.ToolsAsync(null)),
    ];

    private static Row Refused(string who, string? token, string told, string recorded) => new(
        who, "read_file readme.md", $"refused: unauthenticated ({told})", $"refused unauthenticated {recorded}",
        s => s.ToolAsync(token, "read_file", new() { ["path"] = "readme.md" }));
}
