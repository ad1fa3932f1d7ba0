namespace FileServer.Demo.Rows;

/// <summary>A tool that a list does not show is refused as well when it is called by name.</summary>
internal static class CapabilityRows
{
    private const string Missing = "refused: insufficient_capability";
    private const string Recorded = "refused insufficient_capability";

    public static IEnumerable<Row> All(Tokens tokens, DemoFolder folder) =>
    [
        new("reader", "write_file readme.md, hidden from its list", Missing, Recorded,
            s => s.ToolAsync(tokens.Reader, "write_file", new() { ["path"] = "readme.md", ["content"] = "overwritten" })),
        new("reader", "delete_file readme.md, hidden from its list", Missing, Recorded,
            s => s.ToolAsync(tokens.Reader, "delete_file", new() { ["path"] = "readme.md" })),
        new("developer", "purge_folder drafts, hidden from its list", Missing, Recorded,
            s => s.ToolAsync(tokens.Developer, "purge_folder", new() { ["path"] = "drafts" })),
        new("role nobody defined", "read_file readme.md", Missing, Recorded,
            s => s.ToolAsync(tokens.Stranger, "read_file", new() { ["path"] = "readme.md" })),
        new("administrator", "purge_folder drafts", "allowed", "allowed succeeded",
            s => s.ToolAsync(tokens.Administrator, "purge_folder", new() { ["path"] = "drafts" }),
            "folder is gone, the rest stays", _ => !folder.Exists("drafts") && folder.Exists("readme.md")),
        new("developer", "format_disk, a tool that does not exist", "error -32602: Unknown tool: 'format_disk'", "refused unknown_primitive",
            s => s.ToolAsync(tokens.Developer, "format_disk", [])),
    ];
}
