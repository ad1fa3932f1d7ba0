using System.ComponentModel;
using ModelContextProtocol.Server;

namespace UnsecuredServer;

/// <summary>A prompt about a file.</summary>
[McpServerPromptType]
internal sealed class FilePrompts(Workspace workspace)
{
    [McpServerPrompt(Name = "summarize_file"), Description("Asks for a summary of a text file.")]
    public async Task<string> SummarizeFile(string path, string style = "short", CancellationToken cancellationToken = default) =>
        $"Write a {style} summary of this file:\n{await File.ReadAllTextAsync(workspace.Resolve(path), cancellationToken)}";
}
