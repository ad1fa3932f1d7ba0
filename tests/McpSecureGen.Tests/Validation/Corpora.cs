namespace McpSecureGen.Tests.Validation;

/// <summary>Finds the attack data by others that stands beside the repository, not in it.</summary>
internal static class Corpora
{
    internal static string FolderOrSkip(string name)
    {
        var folder = Environment.GetEnvironmentVariable("MCPSEC_CORPORA") ?? FromRepository();
        var path = folder is null ? null : Path.Combine(folder, name);
        if (path is null || !Directory.Exists(path))
        {
            Assert.Skip($"The corpora folder '{name}' is not there: set MCPSEC_CORPORA, or put it at ../shared/data/corpora beside the repository.");
        }

        return path;
    }

    internal static IEnumerable<string> Lines(string folder) => Directory.EnumerateFiles(folder, "*.txt").SelectMany(File.ReadLines);

    private static string? FromRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "McpSecureGen.sln")))
            {
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data", "corpora"));
            }
        }

        return null;
    }
}
