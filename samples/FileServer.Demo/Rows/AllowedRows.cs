namespace FileServer.Demo.Rows;

/// <summary>What each role may do, and that it happens.</summary>
internal static class AllowedRows
{
    private const string ReadTools = "file_info, list_files, read_file, search_files";

    public static IEnumerable<Row> All(Tokens tokens, DemoFolder folder) =>
    [
        new("reader", "tools/list", "allowed", "allowed succeeded", s => s.ToolsAsync(tokens.Reader),
            "shows 4 tools: those that read", reply => reply.Text == ReadTools),
        new("developer", "tools/list", "allowed", "allowed succeeded", s => s.ToolsAsync(tokens.Developer),
            "shows 7 tools: not purge_folder", reply => reply.Text == $"delete_file, {ReadTools.Replace("read_file", "move_file, read_file", StringComparison.Ordinal)}, write_file"),
        new("administrator", "tools/list", "allowed", "allowed succeeded", s => s.ToolsAsync(tokens.Administrator),
            "shows all 8 tools", reply => reply.Text.Split(", ").Length == 8 && reply.Text.Contains("purge_folder", StringComparison.Ordinal)),
        new("developer", "list_files .", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Developer, "list_files", new() { ["path"] = "." }),
            "names readme.md", reply => reply.Text.Contains("\"readme.md\"", StringComparison.Ordinal)),
        new("developer", "read_file notes/plan.txt", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Developer, "read_file", new() { ["path"] = "notes/plan.txt" }),
            "text returned", reply => reply.Text == "Plan for Monday\n"),
        new("developer", "write_file notes/today.md", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Developer, "write_file", new() { ["path"] = "notes/today.md", ["content"] = "Buy milk\n" }),
            "file holds the text", _ => folder.Read("notes/today.md") == "Buy milk\n"),
        new("reader", "read_file notes/today.md", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Reader, "read_file", new() { ["path"] = "notes/today.md" }),
            "text returned", reply => reply.Text == "Buy milk\n"),
        new("reader", "file_info notes/../readme.md", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Reader, "file_info", new() { ["path"] = "notes/../readme.md" }),
            "tool got the canonical path", reply => reply.Text.Contains("\"readme.md\"", StringComparison.Ordinal)),
        new("developer", "move_file notes/today.md", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Developer, "move_file", new() { ["from"] = "notes/today.md", ["to"] = "drafts/today.md" }),
            "file is at the new place only", _ => folder.Exists("drafts/today.md") && !folder.Exists("notes/today.md")),
        new("developer", "delete_file drafts/today.md", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Developer, "delete_file", new() { ["path"] = "drafts/today.md" }),
            "file is gone", _ => !folder.Exists("drafts/today.md")),
    ];
}
