namespace McpSecureGen.Tests.Identity;

/// <summary>Token vectors of others, which stand beside the repository and not in it.</summary>
internal static class TokenCorpora
{
    /// <summary>The file, or a skipped test that says what is missing.</summary>
    public static string Require(string name)
    {
        var folder = Environment.GetEnvironmentVariable("MCPSEC_CORPORA") ?? Path.Combine(RepositoryRoot(), "..", "shared", "data", "corpora");
        var file = Path.Combine(folder, "tokens", name);
        if (!File.Exists(file))
        {
            Assert.Skip($"tokens/{name} is not there. Set MCPSEC_CORPORA to the folder with the corpora to run this test.");
        }

        return file;
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "McpSecureGen.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
