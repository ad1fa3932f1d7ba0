namespace FileServer.Demo.Rows;

/// <summary>Prompts and resources go through the same gate as tools.</summary>
internal static class PromptAndResourceRows
{
    public static IEnumerable<Row> All(Tokens tokens, DemoFolder folder)
    {
        yield return new("reader", "prompts/list", "allowed", "allowed succeeded", s => s.PromptsAsync(tokens.Reader),
            "shows summarize_file", reply => reply.Text == "summarize_file");
        yield return new("role nobody defined", "prompts/list", "allowed", "allowed succeeded", s => s.PromptsAsync(tokens.Stranger),
            "shows nothing", reply => reply.Text.Length == 0);
        yield return new("reader", "prompt summarize_file readme.md", "allowed", "allowed succeeded",
            s => s.PromptAsync(tokens.Reader, "summarize_file", new() { ["path"] = "readme.md", ["style"] = "detailed" }),
            "holds the file's text", reply => reply.Text.Contains("A needle in the workspace.", StringComparison.Ordinal));
        yield return new("reader", "prompt summarize_file in a style not listed", "invalid argument style: AllowedValues", "refused invalid_argument AllowedValues",
            s => s.PromptAsync(tokens.Reader, "summarize_file", new() { ["path"] = "readme.md", ["style"] = "rude" }));
        yield return new("role nobody defined", "prompt summarize_file readme.md", "refused: insufficient_capability", "refused insufficient_capability",
            s => s.PromptAsync(tokens.Stranger, "summarize_file", new() { ["path"] = "readme.md" }));
        yield return new("role nobody defined", "resources/templates/list", "allowed", "allowed succeeded", s => s.TemplatesAsync(tokens.Stranger),
            "shows nothing", reply => reply.Text.Length == 0);
        yield return new("reader", "resource workspace:///notes/plan.txt", "allowed", "allowed succeeded",
            s => s.ResourceAsync(tokens.Reader, "workspace:///notes/plan.txt"),
            "text returned", reply => reply.Text == "Plan for Monday\n");
        yield return new("reader", "resource workspace:///../secret.txt", "invalid argument path: SafePath", "refused invalid_argument SafePath",
            s => s.ResourceAsync(tokens.Reader, "workspace:///../secret.txt"));
        yield return new("reader", "resource workspace:///%2e%2e%2fsecret.txt", "invalid argument path: SafePath", "refused invalid_argument SafePath",
            s => s.ResourceAsync(tokens.Reader, "workspace:///%2e%2e%2fsecret.txt"));
        if (folder.HasLinks)
        {
            yield return new("reader", "resource workspace:///secret-link.txt, a link to a file outside", "invalid argument path: SafePath", "refused invalid_argument SafePath",
                s => s.ResourceAsync(tokens.Reader, "workspace:///secret-link.txt"));
        }

        yield return new("role nobody defined", "resource workspace:///readme.md, answered as if there were none",
            "error -32602: Unknown resource URI: 'workspace:///readme.md'", "refused insufficient_capability",
            s => s.ResourceAsync(tokens.Stranger, "workspace:///readme.md"));
        yield return new("no token", "resource workspace:///readme.md", "refused: unauthenticated (no token)", "refused unauthenticated NoCredential",
            s => s.ResourceAsync(null, "workspace:///readme.md"));
    }
}
