using System.Diagnostics;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>A root named <c>ROOT</c> in a folder of its own, with the way of opening chosen by name.</summary>
internal sealed class ConfinedFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-confined-");

    internal ConfinedFolder(string resolver, params string[] layout)
    {
        Base = RealPath.Resolve("/", RealPath.Split(_folder.FullName)).Path;
        Root = Path.Combine(Base, "ROOT");
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Base, "outside.txt"), "secret");
        foreach (var entry in layout)
        {
            Make(entry.Replace("$ABS", Root, StringComparison.Ordinal));
        }

        Roots = PathRoots.Create(
            new Dictionary<string, RootOptions> { ["ws"] = new() { Path = Root }, ["reference"] = new() { Path = Root, ReadOnly = true } },
            path => UnixFolder.OpenRoot(path, Resolver(resolver)));
    }

    internal static TheoryData<string> Resolvers => ["openat2", "walk"];

    internal string Base { get; }

    internal string Root { get; }

    internal PathRoots Roots { get; }

    /// <summary>The root, for writing.</summary>
    internal ConfinedPath Top => new ConfinedRoots(Roots).Get("ws");

    /// <summary>The path of an argument with write access, as a tool gets it.</summary>
    internal ConfinedPath Argument(string text, Action<SafePathAttribute>? declare = null) =>
        TryArgument(text, out var fault, declare) ?? throw new PathRefusedException(fault);

    internal ConfinedPath? TryArgument(string text, out string fault, Action<SafePathAttribute>? declare = null)
    {
        var attribute = new SafePathAttribute { Root = "ws", Access = PathAccess.Write };
        declare?.Invoke(attribute);
        var value = ConfinedPath.Unchecked(text);
        var accepted = new ConfinedPathRule(Roots, attribute).TryApply(ref value, default, out var violation);
        fault = violation.Message;
        return accepted ? value : null;
    }

    internal string OnDisk(string relative) => Path.Combine(Root, relative);

    internal string Read(string relative) => File.ReadAllText(OnDisk(relative));

    internal void Pipe(string name)
    {
        using var process = Process.Start("mkfifo", [OnDisk(name)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    internal void HardLink(string name, string target)
    {
        using var process = Process.Start("ln", [target, OnDisk(name)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Everything around the root: names, kinds and contents.</summary>
    internal string Outside() => string.Join('\n', Directory.EnumerateFileSystemEntries(Base)
        .Where(entry => entry != Root)
        .Order(StringComparer.Ordinal)
        .Select(static entry => entry + "=" + (File.Exists(entry) ? File.ReadAllText(entry) : "folder")));

    internal static UnixResolver Resolver(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has its own way.");
        if (name == "walk")
        {
            return UnixResolver.Walk;
        }

        Assert.SkipUnless(KernelResolver.IsSupported(), "This kernel or sandbox has no openat2.");
        return new KernelResolver();
    }

    public void Dispose()
    {
        Roots.Close();
        _folder.Delete(recursive: true);
    }

    /// <summary><c>d/</c> is a folder, <c>f</c> a file that holds its own name, <c>a => b</c> a link.</summary>
    private void Make(string entry)
    {
        var (name, target) = entry.Split(" => ") is [var link, var leads] ? (link, leads) : (entry, null);
        var path = OnDisk(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path.TrimEnd('/'))!);
        if (target is not null)
        {
            File.CreateSymbolicLink(path, target);
        }
        else if (name.EndsWith('/'))
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            File.WriteAllText(path, name);
        }
    }
}
