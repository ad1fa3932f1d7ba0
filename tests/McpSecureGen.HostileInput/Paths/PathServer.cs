using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Paths;

/// <summary>A running server whose root stands among secrets, and what has become of them.</summary>
internal sealed class PathServer : IAsyncDisposable
{
    private const string Secret = "SENTINEL";

    private readonly TestServer _server;
    private readonly string _before;
    private (string Token, long At)? _token;

    private PathServer(TestServer server)
    {
        _server = server;
        var (folder, root) = (server.Security.Folder, server.Security.Root);
        foreach (var name in (string[])["outside.txt", "ws_secret/x.txt", "ws.txt", "etc/passwd", "windows/win.ini", "boot.ini", "sub/a.txt", "a.txt", "payload"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), Secret);
        }

        Reset();
        _before = Outside();
    }

    internal string Root => _server.Security.Root;

    internal string Folder => _server.Security.Folder;

    internal static async Task<PathServer> StartAsync() =>
        new(await TestServer.StartAsync(static builder => builder.WithTools<PathTools>().WithTools<PositionTools>()));

    /// <summary>Makes the inside as it was.</summary>
    internal void Reset()
    {
        foreach (var entry in new DirectoryInfo(Root).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        Directory.CreateDirectory(Path.Combine(Root, "sub", "deep"));
        File.WriteAllText(Path.Combine(Root, "a.txt"), "inside");
        File.WriteAllText(Path.Combine(Root, "sub", "b.txt"), "inside");
        foreach (var (name, target) in ((string, string)[])[("out", ".."), ("etc", "/etc"), ("system", "/"), ("sub/up", "../.."), ("file", "../outside.txt"), ("new", "../created"), ("good", "sub")])
        {
            File.CreateSymbolicLink(Path.Combine(Root, name), target);
        }
    }

    internal async Task<(bool IsRefused, string Text)> CallAsync(string tool, object arguments)
    {
        var result = await _server.CallAsync(tool, JsonSerializer.Serialize(arguments), Token());
        return (result.IsError is true, TestServer.Text(result));
    }

    /// <summary>Signing takes longer than a call.</summary>
    private string Token()
    {
        if (_token is not { } made || Stopwatch.GetElapsedTime(made.At) > TimeSpan.FromMinutes(2))
        {
            _token = made = (Issuer.Token("read:files write:files"), Stopwatch.GetTimestamp());
        }

        return made.Token;
    }

    /// <summary>Runs a payload through all tools. What it read counts at once, what it did is seen by <see cref="HasChangedOutside"/>.</summary>
    internal async Task<Support.Verdict[]> TryAsync(string payload)
    {
        var verdicts = new List<Support.Verdict>();
        foreach (var tool in PathTools.Names)
        {
            var (isRefused, text) = await CallAsync(tool, new { path = payload });
            verdicts.Add(HoldsSecret(text) ? Support.Verdict.Escaped : isRefused ? Support.Verdict.Refused : Support.Verdict.Harmless);
        }

        return [.. verdicts];
    }

    internal bool HasChangedOutside() => Outside() != _before;

    internal static bool HoldsSecret(string text) =>
        text.Contains(Secret, StringComparison.Ordinal) || text.Contains("root:x:0", StringComparison.Ordinal) || text.Contains("ws_secret", StringComparison.Ordinal) || text.Contains("hostname\n", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Everything around the root, the places that a path from the root of the file system or from the working directory would reach, and the secrets' contents.</summary>
    private string Outside()
    {
        var text = new StringBuilder();
        foreach (var entry in Directory.EnumerateFileSystemEntries(Folder).Where(entry => entry != Root && entry != _server.Security.AuditFile)
                     .SelectMany(static entry => File.Exists(entry) ? (IEnumerable<string>)[entry] : Directory.EnumerateFileSystemEntries(entry, "*", SearchOption.AllDirectories).Append(entry))
                     .Where(entry => !entry.StartsWith(_server.Security.AuditFile, StringComparison.Ordinal))
                     .Order(StringComparer.Ordinal))
        {
            text.Append(entry).Append(File.Exists(entry) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry)).AsSpan(0, 6)) : "").Append('\n');
        }

        foreach (var place in (string[])["/", Environment.CurrentDirectory])
        {
            text.AppendJoin('\n', Directory.EnumerateFileSystemEntries(place).Order(StringComparer.Ordinal));
        }

        return text.Append(File.Exists("/etc/passwd") ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes("/etc/passwd"))) : "").ToString();
    }
}
