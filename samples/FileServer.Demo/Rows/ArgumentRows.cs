namespace FileServer.Demo.Rows;

/// <summary>What the schema announces, the wrapper enforces. The reply names parameter and rule, so that a model can correct itself.</summary>
internal static class ArgumentRows
{
    public static IEnumerable<Row> All(Tokens tokens) =>
    [
        Refused(tokens, "an argument no parameter has", "format: Unknown", "read_file", new() { ["path"] = "readme.md", ["format"] = "xml" }),
        Refused(tokens, "no path", "path: Required", "read_file", []),
        Refused(tokens, "a number as text", "maxBytes: Type", "read_file", new() { ["path"] = "readme.md", ["maxBytes"] = "100" }),
        Refused(tokens, "out of range: 0 bytes", "maxBytes: Range", "read_file", new() { ["path"] = "readme.md", ["maxBytes"] = 0 }),
        Refused(tokens, "too long: 100,001 characters", "content: SafeText", "write_file", new() { ["path"] = "big.txt", ["content"] = new string('x', 100_001) }),
        Refused(tokens, "too short: 1 character", "text: MinLength", "search_files", new() { ["text"] = "x", ["path"] = "." }),
        Refused(tokens, "hidden change of direction", "content: SafeText", "write_file", new() { ["path"] = "trojan.txt", ["content"] = "access\u202Elevel" }),
        Refused(tokens, "extension that is not listed", "path: SafePath", "write_file", new() { ["path"] = "run.sh", ["content"] = "echo" }),
    ];

    private static Row Refused(Tokens tokens, string what, string fault, string tool, Dictionary<string, object?> arguments) => new(
        "developer", $"{tool}, {what}", $"invalid argument {fault}", $"refused invalid_argument {fault.Split(' ')[1]}",
        s => s.ToolAsync(tokens.Developer, tool, arguments));
}
