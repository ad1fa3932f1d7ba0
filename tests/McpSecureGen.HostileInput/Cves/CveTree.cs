using System.Text;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>A root with ordinary files, and around it what nobody may reach: a sibling with the same beginning, a home folder, links out.</summary>
internal sealed class CveTree
{
    internal const string Sentinel = "OUTSIDE-SENTINEL";

    internal CveTree(string root)
    {
        Root = root;
        Folder = Path.GetDirectoryName(root)!;
        Home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        Directory.CreateDirectory(Path.Combine(Home, ".ssh"));
        Directory.CreateDirectory(Path.Combine(Home, ".kube"));
        File.WriteAllText(Path.Combine(Home, ".ssh", "id"), Sentinel);
        File.WriteAllText(Path.Combine(Home, ".kube", "config"), Sentinel);
        Sibling = Directory.CreateDirectory(root + "_sensitive").FullName;
        File.WriteAllText(Path.Combine(Sibling, "x"), Sentinel);
        OutsideFile = Path.Combine(Folder, "outside.txt");
        File.WriteAllText(OutsideFile, Sentinel);
        Directory.CreateDirectory(Path.Combine(root, "sub"));
        File.WriteAllText(Path.Combine(root, "inside.txt"), "inside");
        File.WriteAllText(Path.Combine(root, "sub", "deep.txt"), "deep");
        Directory.CreateSymbolicLink(Path.Combine(root, "escape"), Sibling);
        File.CreateSymbolicLink(Path.Combine(root, "escape.txt"), OutsideFile);
    }

    internal string Root { get; }

    internal string Folder { get; }

    internal string Home { get; }

    internal string Sibling { get; }

    internal string OutsideFile { get; }

    /// <summary>Everything outside the root, names and contents, but for the audit log.</summary>
    internal static string Outside(string root)
    {
        var all = new StringBuilder();
        foreach (var entry in new DirectoryInfo(Path.GetDirectoryName(root)!).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(entry => !entry.FullName.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !entry.Name.StartsWith("audit", StringComparison.Ordinal))
            .OrderBy(static entry => entry.FullName, StringComparer.Ordinal))
        {
            all.AppendLine(entry.FullName).AppendLine(entry is FileInfo file ? File.ReadAllText(file.FullName) : "");
        }

        return all.ToString();
    }
}
