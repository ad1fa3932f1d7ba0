namespace FileServer.Demo.Rows;

/// <summary>Servers whose caller is known from the environment they were started in, as a desktop client starts them.</summary>
internal static class AmbientTokenRows
{
    /// <summary>The reader's token stands in <c>MCP_ACCESS_TOKEN</c>.</summary>
    public static IEnumerable<Row> FromEnvironment(Tokens tokens) =>
    [
        new("environment: reader", "read_file readme.md", "allowed", "allowed succeeded", s => Read(s, null),
            "text returned", reply => reply.Text.StartsWith("# Demo", StringComparison.Ordinal)),
        new("environment: reader", "write_file readme.md", "refused: insufficient_capability", "refused insufficient_capability", s => Write(s, null, "readme.md")),
        new("environment: reader, call: expired token", "read_file readme.md", "refused: unauthenticated (token expired)", "refused unauthenticated Expired",
            s => Read(s, tokens.Expired)),
    ];

    /// <summary><c>MCP_ACCESS_TOKEN_FILE</c> names a file whose content the launcher changes between the calls.</summary>
    public static IEnumerable<Row> FromFile(Tokens tokens, DemoFolder folder) =>
    [
        new("file: reader", "write_file new.txt", "refused: insufficient_capability", "refused insufficient_capability",
            s => After(() => File.WriteAllText(folder.TokenFile, tokens.Reader), () => Write(s, null, "new.txt"))),
        new("file: rotated to developer", "write_file new.txt", "allowed", "allowed succeeded",
            s => After(() => File.WriteAllText(folder.TokenFile, tokens.Developer), () => Write(s, null, "new.txt")),
            "file holds the text", _ => folder.Read("new.txt") == "written"),
        new("file: withdrawn", "read_file readme.md", "refused: unauthenticated (token not accepted)", "refused unauthenticated Malformed",
            s => After(() => File.Delete(folder.TokenFile), () => Read(s, null))),
    ];

    private static Task<Reply> Read(ServerProcess server, string? token) => server.ToolAsync(token, "read_file", new() { ["path"] = "readme.md" });

    private static Task<Reply> Write(ServerProcess server, string? token, string path) =>
        server.ToolAsync(token, "write_file", new() { ["path"] = path, ["content"] = "written" });

    private static Task<Reply> After(Action change, Func<Task<Reply>> call)
    {
        change();
        return call();
    }
}
