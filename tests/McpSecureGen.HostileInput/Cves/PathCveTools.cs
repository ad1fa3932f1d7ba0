using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>The tools of the servers in question, as an author writes them with this library.</summary>
[McpNamespace("cves"), RequiresCapability("read:files")]
internal sealed class PathCveTools
{
    internal static readonly HttpClient Http = new();

    internal static string ApiBase { get; set; } = "";

    [McpServerTool(Name = "c_read")]
    public static string Read([SafePath(Root = "ws", MustExist = true)] string path) => File.ReadAllText(path);

    [McpServerTool(Name = "c_write")]
    public static string Write([SafePath(Root = "ws", Access = PathAccess.Write)] string path, string text)
    {
        File.WriteAllText(path, text);
        return "written";
    }

    [McpServerTool(Name = "c_delete")]
    public static string Delete([SafePath(Root = "ws", Access = PathAccess.Write)] string path)
    {
        File.Delete(path);
        return "deleted";
    }

    [McpServerTool(Name = "c_list")]
    public static string[] List([SafePath(Root = "ws")] string path) => [.. Directory.EnumerateFileSystemEntries(path).Select(static entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    [McpServerTool(Name = "c_init")]
    public static string Init([SafePath(Root = "ws", Access = PathAccess.Write)] string repoPath)
    {
        Directory.CreateDirectory(Path.Combine(repoPath, ".git"));
        return "initialised";
    }

    [McpServerTool(Name = "c_add")]
    public static string Add([SafePath(Root = "ws", MustExist = true)] string[] files) => string.Concat(files.Select(File.ReadAllText));

    [McpServerTool(Name = "c_manifest")]
    public static string FromManifest(Manifest manifest) => File.ReadAllText(manifest.Path);

    [McpServerTool(Name = "c_walk")]
    public static string[] Walk([SafePath(Root = "ws")] string path) =>
    [
        .. Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(File.ReadAllText).Order(StringComparer.Ordinal),
    ];

    [McpServerTool(Name = "c_job")]
    public static async Task<string> Job(int jobId, CancellationToken cancellationToken) =>
        await Http.GetStringAsync($"{ApiBase}/api/v4/projects/1/jobs/{jobId}", cancellationToken);

    [McpServerTool(Name = "c_item")]
    public static async Task<string> Item([RegularExpression("[A-Za-z0-9_-]{1,64}")] string item, CancellationToken cancellationToken) =>
        await Http.GetStringAsync(new Uri(new Uri($"{ApiBase}/v1/items/"), Uri.EscapeDataString(item)), cancellationToken);

    internal sealed record Manifest(string Name, [property: SafePath(Root = "ws", MustExist = true)] string Path);
}
