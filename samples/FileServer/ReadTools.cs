using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using McpSecureGen;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace FileServer;

/// <summary>Tools that look and change nothing.</summary>
[McpServerToolType, McpNamespace("files"), RequiresCapability(McpCapabilities.ReadFiles)]
internal sealed class ReadTools
{
    [McpServerTool(Name = "list_files", ReadOnly = true, OpenWorld = false), Description("Lists the files and folders of a folder.")]
    public static IReadOnlyList<FileEntry> ListFiles(
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The folder, below the workspace; '.' is the workspace itself.")] ConfinedPath path,
        [Range(1, 1000), Description("How many entries at most.")] int limit = 200)
    {
        RequireFolder(path);
        return [.. path.Enumerate().Take(limit).Select(FileEntry.Of)];
    }

    [McpServerTool(Name = "read_file", ReadOnly = true, OpenWorld = false), Description("Reads a text file.")]
    public static async Task<string> ReadFile(
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The file, below the workspace.")] ConfinedPath path,
        [Range(1, 1_048_576), Description("How long the file may be, in bytes.")] int maxBytes = 65_536,
        CancellationToken cancellationToken = default)
    {
        return await TextFile.ReadAsync(path, maxBytes, cancellationToken).ConfigureAwait(false);
    }

    [McpServerTool(Name = "search_files", ReadOnly = true, OpenWorld = false), Description("Finds lines that contain a text, in all files below a folder.")]
    [RateLimit(120, perSeconds: 60), Timeout(30)]
    public static IReadOnlyList<TextMatch> SearchFiles(
        [SafeText(MaxLength = 200), MinLength(2), Description("What to look for; case counts.")] string text,
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The folder, below the workspace; '.' is the workspace itself.")] ConfinedPath path,
        [Range(1, 500), Description("How many lines at most.")] int limit = 100,
        CancellationToken cancellationToken = default)
    {
        RequireFolder(path);
        return [.. TextSearch.Below(path, text, cancellationToken).Take(limit)];
    }

    [McpServerTool(Name = "file_info", ReadOnly = true, OpenWorld = false), Description("Tells kind, length and time of a file or folder.")]
    public static FileEntry FileInfo(
        [SafePath(Root = Workspace.Name, MustExist = true), Description("The file or folder, below the workspace.")] ConfinedPath path)
    {
        return FileEntry.Of(path);
    }

    private static void RequireFolder(ConfinedPath path)
    {
        if (path.Kind != PathKind.Folder)
        {
            throw new McpException($"'{path}' is not a folder.");
        }
    }
}
