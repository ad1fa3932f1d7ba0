using System.Runtime.CompilerServices;

namespace McpSecureGen.AspNetCore.Tests.Documentation;

/// <summary>The documentation of this repository: every Markdown file that a reader is meant to open.</summary>
internal static class Pages
{
    public static string Root { get; } = RootOf();

    public static IReadOnlyList<string> All { get; } =
    [
        Path.Combine(Root, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
    ];

    public static string NameOf(string page) => Path.GetRelativePath(Root, page).Replace('\\', '/');

    private static string RootOf([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
