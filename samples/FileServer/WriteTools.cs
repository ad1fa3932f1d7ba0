using System.ComponentModel;
using System.Globalization;
using McpSecureGen;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace FileServer;

/// <summary>Tools that change the workspace.</summary>
[McpServerToolType, McpNamespace("files"), RequiresCapability(McpCapabilities.WriteFiles)]
internal sealed class WriteTools
{
    [McpServerTool(Name = "write_file", Destructive = true, Idempotent = true, OpenWorld = false), Description("Writes a text file; an existing one is replaced.")]
    public static async Task<string> WriteFile(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, Extensions = [".txt", ".md", ".json", ".csv"]), Description("The file, below the workspace.")]
        ConfinedPath path,
        [SafeText(MaxLength = 100_000, AllowNewLines = true), Description("The whole text.")] string content,
        CancellationToken cancellationToken = default)
    {
        RequireNoFolder(path);
        await path.WriteAllTextAsync(content, cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"Wrote {content.Length} characters to '{path}'.");
    }

    [McpServerTool(Name = "move_file", Destructive = false, OpenWorld = false), Description("Moves or renames a file; an existing one is not replaced.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public static string MoveFile(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, MustExist = true), Description("The file, below the workspace.")] ConfinedPath from,
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, Extensions = [".txt", ".md", ".json", ".csv"]), Description("Its new place, below the workspace.")]
        ConfinedPath to)
    {
        RequireFile(from);
        if (to.Kind != PathKind.Missing)
        {
            throw new McpException($"'{to}' exists already.");
        }

        from.MoveTo(to);
        return $"Moved '{from}' to '{to}'.";
    }

    [McpServerTool(Name = "delete_file", Destructive = true, OpenWorld = false), Description("Deletes a file.")]
    public static string DeleteFile(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, MustExist = true), Description("The file, below the workspace.")] ConfinedPath path)
    {
        RequireFile(path);
        path.Delete();
        return $"Deleted '{path}'.";
    }

    [McpServerTool(Name = "purge_folder", Destructive = true, OpenWorld = false), Description("Deletes a folder with everything in it.")]
    [RequiresCapability("purge:files")]
    public static string PurgeFolder(
        [SafePath(Root = Workspace.Name, Access = PathAccess.Write, MustExist = true), Description("The folder, below the workspace.")] ConfinedPath path)
    {
        if (path.Kind != PathKind.Folder)
        {
            throw new McpException($"'{path}' is not a folder.");
        }

        // Links below the folder are removed, what they lead to is not.
        path.DeleteRecursively();
        return $"Purged '{path}'.";
    }

    private static void RequireFile(ConfinedPath path)
    {
        if (path.Kind != PathKind.File)
        {
            throw new McpException($"'{path}' is not a file.");
        }
    }

    private static void RequireNoFolder(ConfinedPath path)
    {
        if (path.Kind == PathKind.Folder)
        {
            throw new McpException($"'{path}' is a folder.");
        }
    }
}
