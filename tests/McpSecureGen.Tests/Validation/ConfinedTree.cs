using System.Diagnostics;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation;

/// <summary>
/// A real folder tree: the root <c>ws</c>, a sibling <c>ws_secret</c> that shares its prefix, a file outside, and links of every kind.
/// </summary>
public sealed class ConfinedTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-tree-");

    public ConfinedTree()
    {
        // The temporary folder may itself be reached through a link (macOS): compare with real paths.
        Base = RealPath.Resolve(Path.GetPathRoot(_folder.FullName)!, RealPath.Split(_folder.FullName[Path.GetPathRoot(_folder.FullName)!.Length..])).Path;
        Root = Path.Combine(Base, "ws");
        Directory.CreateDirectory(Path.Combine(Root, "sub", "deep"));
        Directory.CreateDirectory(Path.Combine(Base, "ws_secret"));
        File.WriteAllText(Path.Combine(Root, "a.txt"), "inside");
        File.WriteAllText(Path.Combine(Root, "sub", "b.txt"), "inside");
        File.WriteAllText(Path.Combine(Base, "outside.txt"), "secret");
        File.WriteAllText(Path.Combine(Base, "ws_secret", "x.txt"), "secret");
        Link("to-a", "a.txt");
        Link("to-sub", "sub");
        Link("absolute-sub", Path.Combine(Root, "sub"));
        Link("out-and-back", "../ws/sub");
        Link("out-file", "../outside.txt");
        Link("out-folder", Base);
        Link("to-sibling", "../ws_secret");
        Link("system", "/");
        Link("dangling", "nowhere");
        Link("dangling-out", "../nowhere");
        Link("loop-1", "loop-2");
        Link("loop-2", "loop-1");
        Link("self", "self");
        Link("sub/up", "../..");
        Link("chain", "sub/up/ws_secret/x.txt");
        Link("text.txt", "../outside.txt");
        Link("shown.txt", "sub/real.exe");
        File.WriteAllText(Path.Combine(Root, "sub", "real.exe"), "inside");
        Roots = PathRoots.Create(new Dictionary<string, RootOptions>
        {
            ["workspace"] = new() { Path = Root },
            ["reference"] = new() { Path = Root, ReadOnly = true },
        });
    }

    public string Base { get; }

    public string Root { get; }

    public PathRoots Roots { get; }

    /// <summary>The canonical path, or <see langword="null"/> when the rule refuses.</summary>
    public string? Apply(string path, SafePathAttribute? attribute = null) => Apply(path, attribute, out _);

    public string? Apply(string path, SafePathAttribute? attribute, out RuleViolation violation)
    {
        attribute ??= new SafePathAttribute();
        attribute.Root = attribute.Root.Length == 0 ? "workspace" : attribute.Root;
        var value = path;
        return new SafePathRule(Roots, attribute).TryApply(ref value, default, out violation) ? value : null;
    }

    public bool IsInside(string path) => path == Root || path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    public void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(Root, name), target);

    public void Pipe(string name)
    {
        using var process = Process.Start("mkfifo", [Path.Combine(Root, name)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
