using System.ComponentModel;
using ModelContextProtocol.Server;

namespace UnsecuredServer;

/// <summary>The tools of the secured sample as they were before anyone thought of their callers.</summary>
[McpServerToolType]
internal sealed class FileTools(Workspace workspace)
{
    [McpServerTool(Name = "list_files"), Description("Lists the files and folders of a folder.")]
    public IReadOnlyList<string> ListFiles(string path) => [.. Directory.EnumerateFileSystemEntries(workspace.Resolve(path))];

    [McpServerTool(Name = "read_file"), Description("Reads a text file.")]
    public Task<string> ReadFile(string path, CancellationToken cancellationToken = default) =>
        File.ReadAllTextAsync(workspace.Resolve(path), cancellationToken);

    [McpServerTool(Name = "search_files"), Description("Finds files that contain a text.")]
    public IReadOnlyList<string> SearchFiles(string path, string text) =>
        [.. Directory.EnumerateFiles(workspace.Resolve(path), "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))];

    [McpServerTool(Name = "file_info"), Description("Tells length and time of a file.")]
    public string FileInfo(string path) => new FileInfo(workspace.Resolve(path)) is var file ? $"{file.Length} bytes, {file.LastWriteTimeUtc:O}" : "";

    [McpServerTool(Name = "write_file"), Description("Writes a text file.")]
    public Task WriteFile(string path, string content, CancellationToken cancellationToken = default) =>
        File.WriteAllTextAsync(workspace.Resolve(path), content, cancellationToken);

    [McpServerTool(Name = "move_file"), Description("Moves or renames a file.")]
    public void MoveFile(string from, string to) => File.Move(workspace.Resolve(from), workspace.Resolve(to), overwrite: true);

    [McpServerTool(Name = "delete_file"), Description("Deletes a file.")]
    public void DeleteFile(string path) => File.Delete(workspace.Resolve(path));

    [McpServerTool(Name = "purge_folder"), Description("Deletes a folder with everything in it.")]
    public void PurgeFolder(string path) => Directory.Delete(workspace.Resolve(path), recursive: true);
}
