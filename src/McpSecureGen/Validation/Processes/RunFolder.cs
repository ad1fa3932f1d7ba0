namespace McpSecureGen.Validation.Processes;

/// <summary>The folder a program runs in: one that its author names, or an empty one of this run alone.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly bool _isOwn;

    private RunFolder(string path, bool isOwn) => (FullPath, _isOwn) = (path, isOwn);

    internal string FullPath { get; }

    /// <exception cref="ArgumentException">The folder is not absolute or does not exist.</exception>
    internal static RunFolder Of(string? path)
    {
        if (path is null)
        {
            return new RunFolder(Directory.CreateTempSubdirectory("mcpsec-run-").FullName, isOwn: true);
        }

        return Path.IsPathFullyQualified(path) && ProcessEnvironment.IsPlain(path) && Directory.Exists(path)
            ? new RunFolder(path, isOwn: false)
            : throw new ArgumentException("The working directory must be the absolute path of an existing folder.");
    }

    public void Dispose()
    {
        if (!_isOwn)
        {
            return;
        }

        try
        {
            // Links in it are removed, not followed.
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A program may leave a file that cannot be deleted. It stays in the temporary folder of the system, which is cleared in its own way.
        }
    }
}
