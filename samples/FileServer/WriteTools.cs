using System.ComponentModel;
using System.Globalization;
using McpSecureGen;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace FileServer;

/// <summary>Tools that change the workspace.</summary>
[McpServerToolType, McpNamespace("files"), RequiresCapability(McpCapabilities.WriteFiles)]
internal sealed class WriteTools(Workspace workspace)
{
    [McpServerTool(Name = "write_file", Destructive = true, Idempotent = true, OpenWorld = false), Description("Writes a text file; an existing one is replaced.")]
    public async Task<string> WriteFile(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, Extensions = [".txt", ".md", ".json", ".csv"]), Description("The file, below the workspace.")]
        string path,
        [SafeText(MaxLength = 100_000, AllowNewLines = true), Description("The whole text.")] string content,
        CancellationToken cancellationToken = default)
    {
        RequireNoFolder(path);
        await File.WriteAllTextAsync(path, content, cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"Wrote {content.Length} characters to '{workspace.Relative(path)}'.");
    }

    [McpServerTool(Name = "move_file", Destructive = false, OpenWorld = false), Description("Moves or renames a file; an existing one is not replaced.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public string MoveFile(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, MustExist = true), Description("The file, below the workspace.")] string from,
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, Extensions = [".txt", ".md", ".json", ".csv"]), Description("Its new place, below the workspace.")]
        string to)
    {
        RequireFile(from);
        if (Path.Exists(to))
        {
            throw new McpException($"'{workspace.Relative(to)}' exists already.");
        }

        File.Move(from, to, overwrite: false);
        return $"Moved '{workspace.Relative(from)}' to '{workspace.Relative(to)}'.";
    }

    [McpServerTool(Name = "delete_file", Destructive = true, OpenWorld = false), Description("Deletes a file.")]
    public string DeleteFile(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, MustExist = true), Description("The file, below the workspace.")] string path)
    {
        RequireFile(path);
        File.Delete(path);
        return $"Deleted '{workspace.Relative(path)}'.";
    }

    [McpServerTool(Name = "purge_folder", Destructive = true, OpenWorld = false), Description("Deletes a folder with everything in it.")]
    [RequiresCapability("purge:files")]
    public string PurgeFolder(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, MustExist = true), Description("The folder, below the workspace.")] string path)
    {
        if (!Directory.Exists(path))
        {
            throw new McpException($"'{workspace.Relative(path)}' is not a folder.");
        }

        // Links below the folder are removed, what they lead to is not.
        Directory.Delete(path, recursive: true);
        return $"Purged '{workspace.Relative(path)}'.";
    }

    private void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new McpException($"'{workspace.Relative(path)}' is not a file.");
        }
    }

    private void RequireNoFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new McpException($"'{workspace.Relative(path)}' is a folder.");
        }
    }
}
