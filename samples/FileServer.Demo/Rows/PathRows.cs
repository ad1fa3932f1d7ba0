namespace FileServer.Demo.Rows;

/// <summary>Every way out of the workspace, tried by a caller who may read and write in it.</summary>
internal static class PathRows
{
    public static IEnumerable<Row> All(Tokens tokens, DemoFolder folder)
    {
        yield return Read(tokens, "../secret.txt", "../secret.txt");
        yield return Read(tokens, "notes/../../secret.txt", "notes/../../secret.txt");
        yield return Read(tokens, "the absolute path of secret.txt", folder.SecretFile);
        yield return Read(tokens, "../workspace-private/secret.txt, a sibling with the same prefix", "../workspace-private/secret.txt");
        yield return Read(tokens, "..\\secret.txt", "..\\secret.txt");
        yield return Read(tokens, "%2e%2e/secret.txt", "%2e%2e/secret.txt");
        yield return Read(tokens, "readme.md with NUL in it", "readme.md\0.txt");
        yield return Write(tokens, "../secret.txt", "../secret.txt");
        yield return Write(tokens, "../workspace-private/new.txt", "../workspace-private/new.txt");

        if (folder.HasLinks)
        {
            yield return Read(tokens, "secret-link.txt, a link to a file outside", "secret-link.txt");
            yield return Read(tokens, "way-out/secret.txt, through a link to the folder outside", "way-out/secret.txt");
            yield return Write(tokens, "secret-link.txt, a link to a file outside", "secret-link.txt");
        }

        yield return new("developer", "search_files needle, with links to a needle outside", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Developer, "search_files", new() { ["text"] = "needle", ["path"] = "." }),
            "finds the one in readme.md only", reply => reply.Text.Contains("readme.md", StringComparison.Ordinal) && !reply.Text.Contains("secret.txt", StringComparison.Ordinal));
    }

    private static Row Read(Tokens tokens, string what, string path) =>
        Refused($"read_file {what}", s => s.ToolAsync(tokens.Developer, "read_file", new() { ["path"] = path }));

    private static Row Write(Tokens tokens, string what, string path) =>
        Refused($"write_file {what}", s => s.ToolAsync(tokens.Developer, "write_file", new() { ["path"] = path, ["content"] = "overwritten" }));

    private static Row Refused(string what, Func<ServerProcess, Task<Reply>> send) =>
        new("developer", what, "invalid argument path: SafePath", "refused invalid_argument SafePath", send);
}
