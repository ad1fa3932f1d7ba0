using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using McpSecureGen;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace FileServer;

/// <summary>Tools that look and change nothing.</summary>
[McpServerToolType, McpNamespace("files"), RequiresCapability(McpCapabilities.ReadFiles)]
internal sealed class ReadTools(Workspace workspace)
{
    [McpServerTool(Name = "list_files", ReadOnly = true, OpenWorld = false), Description("Lists the files and folders of a folder.")]
    public IReadOnlyList<FileEntry> ListFiles(
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The folder, below the workspace; '.' is the workspace itself.")] string path,
        [Range(1, 1000), Description("How many entries at most.")] int limit = 200)
    {
        return Directory.Exists(path)
            ? [.. new DirectoryInfo(path).EnumerateFileSystemInfos().OrderBy(static entry => entry.Name, StringComparer.Ordinal).Take(limit).Select(entry => FileEntry.Of(entry, workspace))]
            : throw new McpException($"'{workspace.Relative(path)}' is not a folder.");
    }

    [McpServerTool(Name = "read_file", ReadOnly = true, OpenWorld = false), Description("Reads a text file.")]
    public async Task<string> ReadFile(
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The file, below the workspace.")] string path,
        [Range(1, 1_048_576), Description("How long the file may be, in bytes.")] int maxBytes = 65_536,
        CancellationToken cancellationToken = default)
    {
        return await TextFile.ReadAsync(path, workspace.Relative(path), maxBytes, cancellationToken).ConfigureAwait(false);
    }

    [McpServerTool(Name = "search_files", ReadOnly = true, OpenWorld = false), Description("Finds lines that contain a text, in all files below a folder.")]
    [RateLimit(120, perSeconds: 60), Timeout(30)]
    public IReadOnlyList<TextMatch> SearchFiles(
        [SafeText(MaxLength = 200), MinLength(2), Description("What to look for; case counts.")] string text,
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The folder, below the workspace; '.' is the workspace itself.")] string path,
        [Range(1, 500), Description("How many lines at most.")] int limit = 100,
        CancellationToken cancellationToken = default)
    {
        return Directory.Exists(path)
            ? [.. TextSearch.Below(path, text, workspace, cancellationToken).Take(limit)]
            : throw new McpException($"'{workspace.Relative(path)}' is not a folder.");
    }

    [McpServerTool(Name = "file_info", ReadOnly = true, OpenWorld = false), Description("Tells kind, length and time of a file or folder.")]
    public FileEntry FileInfo(
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The file or folder, below the workspace.")] string path)
    {
        return FileEntry.Of(Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path), workspace);
    }
}
