using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>
/// A root beside a folder of secrets, and four threads that exchange folders and files of the root for links that lead there, while somebody works in the
/// root. What counts is what was read of the secrets, and what has changed around the root.
/// </summary>
internal sealed class PathRace(string root) : IDisposable
{
    internal const string Secret = "SENTINEL";

    private static readonly string[] Places = ["d/f", "g", "deep/a/b/f", "e/f", "d", "deep/a/b", "e", "."];

    private readonly string _base = Path.GetDirectoryName(root)!;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _escapes = new();
    private readonly List<Thread> _threads = [];
    private string _before = "";
    private long _exchanges;
    private long _looks;

    /// <summary>What somebody may do.</summary>
    internal static readonly string[] Operations = ["read", "write", "create", "make", "list", "delete", "purge", "move", "copy", "look"];

    internal static double Seconds => double.TryParse(Environment.GetEnvironmentVariable("MCPSEC_RACE_SECONDS"), out var seconds) ? seconds : 5;

    internal bool HasEscaped => !_escapes.IsEmpty;

    internal long Exchanges => Interlocked.Read(ref _exchanges);

    internal string Escapes => string.Join('\n', _escapes.Take(20));

    internal long Looks => Interlocked.Read(ref _looks);

    /// <summary>A path for an operation, one after the other.</summary>
    internal static string PlaceOf(string operation, int turn) => operation switch
    {
        "read" or "look" or "copy" => Places[turn % 4],
        "list" => Places[4 + (turn % 4)],
        "purge" => Places[4 + (turn % 3)] + "/made",
        "make" => Places[4 + (turn % 3)] + "/made/x",
        _ => Places[4 + (turn % 3)] + "/new" + (turn % 5),
    };

    internal void Start()
    {
        var outside = Path.Combine(_base, "outside");
        foreach (var folder in (string[])["", "b", "a/b", "made", "made/x", "new"])
        {
            Directory.CreateDirectory(Path.Combine(outside, folder));
            foreach (var name in (string[])["f", "secret-name", "new0", "new1"])
            {
                File.WriteAllText(Path.Combine(outside, folder, name), Secret);
            }
        }

        File.WriteAllText(Path.Combine(_base, "outside.txt"), Secret);
        Directory.CreateDirectory(Path.Combine(root, "d"));
        Directory.CreateDirectory(Path.Combine(root, "e"));
        Directory.CreateDirectory(Path.Combine(root, "deep/a/b"));
        foreach (var file in (string[])["d/f", "e/f", "deep/a/b/f", "g"])
        {
            File.WriteAllText(Path.Combine(root, file), "inside");
        }

        File.CreateSymbolicLink(Path.Combine(root, "d.other"), "../outside");
        File.CreateSymbolicLink(Path.Combine(root, "deep/a.other"), "../../outside");
        File.CreateSymbolicLink(Path.Combine(root, "g.other"), Path.Combine(_base, "outside.txt"));
        _before = Outside();

        // A folder for a link, at once.
        Run(() => Exchange("d", "d.other", () => "../outside"));

        // A folder in the middle of a path for a link, absolute and relative.
        var turn = 0;
        Run(() => Exchange("deep/a", "deep/a.other", () => turn++ % 2 == 0 ? outside : "../../outside"));

        // A file for a link, with a moment in which nothing is there.
        Run(() =>
        {
            Rename("g", "g.kept");
            Rename("g.other", "g");
            Rename("g", "g.other");
            Rename("g.kept", "g");
            Exchange("g", "g.other", () => Path.Combine(_base, "outside.txt"));
            Repair("g", file: true);
        });

        // A folder removed, a link in its place, a file in its place, and back.
        Run(() =>
        {
            var place = Path.Combine(root, "e");
            Rename("e", "e.kept");
            File.CreateSymbolicLink(place, "../outside");
            File.Delete(place);
            File.WriteAllText(place, "inside");
            File.Delete(place);
            Rename("e.kept", "e");
            Repair("e/f", file: true);
        });

        var watcher = new Thread(() =>
        {
            while (!_stop.IsCancellationRequested)
            {
                Look();
            }
        });
        watcher.Start();
        _threads.Add(watcher);
    }

    /// <summary>Notes what an operation brought back.</summary>
    internal void Saw(string operation, string path, string? content)
    {
        if (content is not null && (content.Contains(Secret, StringComparison.Ordinal) || content.Contains("secret-name", StringComparison.Ordinal)))
        {
            _escapes.Enqueue($"{operation} {path} brought back: {content}");
        }
    }

    /// <summary>Ends the exchanges, and looks around a last time.</summary>
    internal void Stop()
    {
        _stop.Cancel();
        _threads.ForEach(static thread => thread.Join());
        Look();
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Look()
    {
        Interlocked.Increment(ref _looks);
        if (Outside() is var now && now != _before)
        {
            _escapes.Enqueue("around the root has changed: " + now);
        }
    }

    /// <summary>Names, kinds and contents of everything around the root.</summary>
    private string Outside()
    {
        var text = new StringBuilder();
        foreach (var top in Directory.EnumerateFileSystemEntries(_base).Where(entry => entry != root && !entry.Contains(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (var entry in File.Exists(top) ? (IEnumerable<string>)[top] : Directory.EnumerateFileSystemEntries(top, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                text.Append(entry.AsSpan(_base.Length));
                if (File.Exists(entry))
                {
                    text.Append('=').Append(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry)).AsSpan(0, 6)));
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private void Run(Action exchange)
    {
        var thread = new Thread(() =>
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    exchange();
                }
                catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
                {
                    // Somebody who works in the root was faster.
                }

                Interlocked.Increment(ref _exchanges);
            }
        });
        thread.Start();
        _threads.Add(thread);
    }

    private void Exchange(string one, string other, Func<string> target)
    {
        if (RenameAt2(-100, Path.Combine(root, one), -100, Path.Combine(root, other), 2) != 0)
        {
            Repair(one + "/f", file: false);
            if (new FileInfo(Path.Combine(root, other)).LinkTarget is null && !Path.Exists(Path.Combine(root, other)))
            {
                File.CreateSymbolicLink(Path.Combine(root, other), target());
            }
        }
    }

    /// <summary>The workers delete too. A folder that was lost is made again.</summary>
    private void Repair(string path, bool file)
    {
        var full = Path.Combine(root, path);
        if (!Path.Exists(full) && new FileInfo(full).LinkTarget is null)
        {
            var folder = Path.GetDirectoryName(full)!;
            if (new FileInfo(folder).LinkTarget is null)
            {
                Directory.CreateDirectory(folder);
                if (file)
                {
                    File.AppendAllText(Path.Combine(root, "spare"), "inside");
                    Rename("spare", path);
                }
            }
        }
    }

    private void Rename(string from, string to) => _ = RenameAt2(-100, Path.Combine(root, from), -100, Path.Combine(root, to), 0);

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt2(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int target, [MarshalAs(UnmanagedType.LPUTF8Str)] string newName, uint flags);
}
