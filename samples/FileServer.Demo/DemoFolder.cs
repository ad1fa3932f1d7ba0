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

    public string Workspace => Path.Combine(_base, "workspace");

    public string KeyFile => Path.Combine(_base, "issuer", "jwks.json");

    public string TokenFile => Path.Combine(_base, "issuer", "token");

    public string AuditLog => Path.Combine(_base, "audit", "attempts.jsonl");

    /// <summary>Whether this account may create links; on Windows that is a privilege.</summary>
    public bool HasLinks { get; private set; }

    public static DemoFolder Create()
    {
        var folder = new DemoFolder(Directory.CreateTempSubdirectory("file-server-demo-").FullName);
        foreach (var name in new[] { "workspace/notes", "workspace/drafts/old", "workspace-private", "issuer", "audit" })
        {
            Directory.CreateDirectory(Path.Combine(folder._base, name));
        }

        folder.Put("workspace/readme.md", "# Demo\nA needle in the workspace.\n");
        folder.Put("workspace/notes/plan.txt", "Plan for Monday\n");
        folder.Put("workspace/drafts/old/draft.txt", "An old draft\n");
        folder.Put("secret.txt", $"needle {Secret}\n");
        folder.Put("workspace-private/secret.txt", $"needle {Secret}\n");
        folder.Link("workspace/way-out", "..");
        folder.Link("workspace/secret-link.txt", "../secret.txt");
        return folder;
    }

    public bool Exists(string path) => Path.Exists(Path.Combine(Workspace, path));

    public string Read(string path) => File.ReadAllText(Path.Combine(Workspace, path));

    /// <summary>Every file inside and outside the workspace with its content, to see that a refused call has changed nothing.</summary>
    public string Snapshot() => string.Join('\n', Directory
        .EnumerateFileSystemEntries(_base, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Where(path => !path.StartsWith(Path.GetDirectoryName(AuditLog)!, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(path => File.Exists(path) ? path + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : path));

    public void Dispose() => Directory.Delete(_base, recursive: true);

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
