using System.Text;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Paths;

/// <summary>Tools as an author writes them: with a string that goes to the file system, and with a path that opens its file by itself.</summary>
[McpServerToolType, McpNamespace("paths"), RequiresCapability("read:files", "write:files")]
internal sealed class PathTools(ConfinedRoots roots)
{
    internal static readonly string[] Names =
        ["string_read", "string_list", "string_write", "string_make", "string_delete", "confined_read", "confined_list", "confined_write", "confined_make", "confined_delete"];

    [McpServerTool(Name = "string_read")]
    public static string StringRead([SafePath(Root = "ws")] string path) => File.ReadAllText(path);

    [McpServerTool(Name = "string_list")]
    public static string StringList([SafePath(Root = "ws")] string path) =>
        string.Join('\n', new DirectoryInfo(path).EnumerateFileSystemInfos().Select(static entry => entry.Name));

    [McpServerTool(Name = "string_write")]
    public static string StringWrite([SafePath(Root = "ws", Access = PathAccess.Write)] string path)
    {
        File.WriteAllText(path, "payload");
        return "written";
    }

    [McpServerTool(Name = "string_make")]
    public static string StringMake([SafePath(Root = "ws", Access = PathAccess.Write)] string path)
    {
        Directory.CreateDirectory(path);
        return "made";
    }

    [McpServerTool(Name = "string_delete")]
    public static string StringDelete([SafePath(Root = "ws", Access = PathAccess.Write)] string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        return "deleted";
    }

    [McpServerTool(Name = "confined_read")]
    public static async Task<string> ConfinedRead([SafePath(Root = "ws")] ConfinedPath path) => await path.ReadAllTextAsync();

    [McpServerTool(Name = "confined_list")]
    public static string ConfinedList([SafePath(Root = "ws")] ConfinedPath path) =>
        string.Join('\n', path.Enumerate(recursive: true).Select(static entry => entry.Relative));

    [McpServerTool(Name = "confined_write")]
    public static async Task<string> ConfinedWrite([SafePath(Root = "ws", Access = PathAccess.Write)] ConfinedPath path)
    {
        await path.WriteAllTextAsync("payload");
        return "written";
    }

    [McpServerTool(Name = "confined_make")]
    public static string ConfinedMake([SafePath(Root = "ws", Access = PathAccess.Write)] ConfinedPath path)
    {
        path.CreateFolder();
        return "made";
    }

    [McpServerTool(Name = "confined_delete")]
    public static string ConfinedDelete([SafePath(Root = "ws", Access = PathAccess.Write)] ConfinedPath path)
    {
        if (path.Kind == PathKind.Folder)
        {
            path.DeleteRecursively();
        }
        else
        {
            path.Delete();
        }

        return "deleted";
    }

    /// <summary>A name that did not come as a path argument, through the root itself.</summary>
    [McpServerTool(Name = "root_read")]
    public string RootRead([SafeText(MaxLength = 200)] string name) => roots.Get("ws").Combine(name).ReadAllText();

    /// <summary>What the race does.</summary>
    [McpServerTool(Name = "race")]
    public string Race([System.ComponentModel.DataAnnotations.AllowedValues("read", "write", "create", "make", "list", "delete", "purge", "move", "copy", "look")] string operation,
        [SafePath(Root = "ws")] ConfinedPath path) => Worker.Do(roots.Get("ws"), operation, path.Relative) ?? "done";
}

/// <summary>A file and its copy, as a complex argument.</summary>
internal sealed record FilePair(
    [property: SafePath(Root = "ws")] ConfinedPath First,
    [property: SafePath(Root = "ws")] string Second,
    [property: SafePath(Root = "ws")] List<ConfinedPath> More);

/// <summary>Paths in every place where a value can stand.</summary>
[McpServerToolType, McpNamespace("paths"), RequiresCapability("read:files")]
internal sealed class PositionTools
{
    [McpServerTool(Name = "in_string")]
    public static string InString([SafePath(Root = "ws")] string path) => File.ReadAllText(path);

    [McpServerTool(Name = "in_string_array")]
    public static string InStringArray([SafePath(Root = "ws")] string[] path) => Join(path.Select(File.ReadAllText));

    [McpServerTool(Name = "in_string_list")]
    public static string InStringList([SafePath(Root = "ws")] List<string> path) => Join(path.Select(File.ReadAllText));

    [McpServerTool(Name = "in_string_dictionary")]
    public static string InStringDictionary([SafePath(Root = "ws")] Dictionary<string, string> path) => Join(path.Values.Select(File.ReadAllText));

    [McpServerTool(Name = "in_string_set")]
    public static string InStringSet([SafePath(Root = "ws")] HashSet<string> path) => Join(path.Select(File.ReadAllText));

    [McpServerTool(Name = "in_confined_set")]
    public static string InConfinedSet([SafePath(Root = "ws")] ISet<ConfinedPath> path) => Join(path.Select(static one => one.ReadAllText()));

    [McpServerTool(Name = "in_confined")]
    public static string InConfined([SafePath(Root = "ws")] ConfinedPath path) => path.ReadAllText();

    [McpServerTool(Name = "in_confined_optional")]
    public static string InConfinedOptional([SafePath(Root = "ws")] ConfinedPath? path = null) => path is null ? "none" : path.ReadAllText();

    [McpServerTool(Name = "in_confined_array")]
    public static string InConfinedArray([SafePath(Root = "ws")] ConfinedPath[] path) => Join(path.Select(static one => one.ReadAllText()));

    [McpServerTool(Name = "in_confined_list")]
    public static string InConfinedList([SafePath(Root = "ws")] IReadOnlyList<ConfinedPath> path) => Join(path.Select(static one => one.ReadAllText()));

    [McpServerTool(Name = "in_confined_dictionary")]
    public static string InConfinedDictionary([SafePath(Root = "ws")] Dictionary<string, ConfinedPath> path) => Join(path.Values.Select(static one => one.ReadAllText()));

    [McpServerTool(Name = "in_members")]
    public static string InMembers(FilePair path) => Join([path.First.ReadAllText(), File.ReadAllText(path.Second), .. path.More.Select(static one => one.ReadAllText())]);

    [McpServerTool(Name = "in_members_array")]
    public static string InMembersArray(FilePair[] path) => Join(path.Select(InMembers));

    private static string Join(IEnumerable<string> texts) => new StringBuilder().AppendJoin('|', texts).ToString();
}
