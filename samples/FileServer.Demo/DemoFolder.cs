using System.Security.Cryptography;

namespace FileServer.Demo;

/// <summary>A temporary folder: the workspace of the server, and around it what no caller may reach.</summary>
internal sealed class DemoFolder : IDisposable
{
    /// <summary>Stands in every file outside the workspace. No reply may hold it.</summary>
    public const string Secret = "outside-the-workspace-5f1c";

    private readonly string _base;

    private DemoFolder(string folder) => _base = folder;

    /// <summary>The host path that no reply may hold.</summary>
    public string HostPath => _base;

    public string Workspace => Path.Combine(Files, "workspace");

    public string SecretFile => Path.Combine(Files, "secret.txt");

    public string KeyFile => Path.Combine(_base, "issuer", "jwks.json");

    public string TokenFile => Path.Combine(_base, "issuer", "token");

    public string AuditLog => Path.Combine(_base, "audit", "attempts.jsonl");

    /// <summary>Whether this account may create links; on Windows that is a privilege.</summary>
    public bool HasLinks { get; private set; }

    private string Files => Path.Combine(_base, "files");

    public static DemoFolder Create()
    {
        var folder = new DemoFolder(Directory.CreateTempSubdirectory("file-server-demo-").FullName);
        foreach (var name in new[] { "files/workspace/notes", "files/workspace/drafts/old", "files/workspace-private", "issuer", "audit" })
        {
            Directory.CreateDirectory(Path.Combine(folder._base, name));
        }

        folder.Put("files/workspace/readme.md", "# Demo\nA needle in the workspace.\n");
        folder.Put("files/workspace/notes/plan.txt", "Plan for Monday\n");
        folder.Put("files/workspace/drafts/old/draft.txt", "An old draft\n");
        folder.Put("files/secret.txt", $"needle {Secret}\n");
        folder.Put("files/workspace-private/secret.txt", $"needle {Secret}\n");
        folder.Link("files/workspace/way-out", "..");
        folder.Link("files/workspace/secret-link.txt", "../secret.txt");
        return folder;
    }

    public bool Exists(string path) => Path.Exists(Path.Combine(Workspace, path));

    public string Read(string path) => File.ReadAllText(Path.Combine(Workspace, path));

    /// <summary>Every file inside and around the workspace with its content, to see that a refused call has changed nothing.</summary>
    public string Snapshot() => string.Join('\n', Describe(new DirectoryInfo(Files)).Order(StringComparer.Ordinal));

    public void Dispose() => Directory.Delete(_base, recursive: true);

    private static IEnumerable<string> Describe(DirectoryInfo folder) => folder.EnumerateFileSystemInfos().SelectMany(static entry => entry switch
    {
        { LinkTarget: { } target } => [$"{entry.FullName} -> {target}"],
        DirectoryInfo below => Describe(below).Append(below.FullName),
        _ => [$"{entry.FullName} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName)))}"],
    });

    private void Put(string path, string text) => File.WriteAllText(Path.Combine(_base, path), text);

    private void Link(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(Path.Combine(_base, path), target);
            HasLinks = true;
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            HasLinks = false;
        }
    }
}
