using McpSecureGen.Validation.Paths;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>What a program's file must be: found without a search, not a shell, and not to be replaced by others.</summary>
internal static class ExecutableFile
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Says what is wrong with a program's path, for the operator.</summary>
    /// <param name="path">The path as configured.</param>
    /// <param name="realPath">The path without links; the links count as they are now and are not asked again.</param>
    /// <returns>What is wrong and the remedy, or <see langword="null"/>.</returns>
    internal static string? Problem(string? path, out string realPath)
    {
        realPath = "";
        if (string.IsNullOrWhiteSpace(path))
        {
            return "is empty: set it to the absolute path of the program.";
        }

        if (TextScan.FirstFault(path, allowNewLines: false) != TextFault.None)
        {
            return "holds a character that is not shown: write the path anew.";
        }

        if (!Path.IsPathFullyQualified(path))
        {
            return "is not an absolute path: nothing is looked up in PATH or the working directory.";
        }

        try
        {
            var full = Path.GetFullPath(path);
            var root = Path.GetPathRoot(full)!;
            if (NameProblem(full) is { } named)
            {
                return named;
            }

            var resolved = RealPath.Resolve(root, RealPath.Split(full[root.Length..]));
            if (resolved.Kind != PathKind.File)
            {
                return "does not name an existing file: install the program or correct the path.";
            }

            realPath = resolved.Path;
            return NameProblem(realPath) ?? AccessProblem(full, realPath);
        }
        catch (Exception error)
        {
            // Fail closed: a file nobody can look at has not been found sound.
            return $"could not be examined ({error.Message}): name a file that this account may read and execute.";
        }
    }

    /// <summary>Whether the program found at the start is still there and still sound. Asked before each run.</summary>
    internal static bool IsSound(string realPath) => Problem(realPath, out var now) is null && now == realPath;

    private static string? NameProblem(string path)
    {
        var name = Path.GetFileName(path);
        if (ProgramNames.IsBatchFile(name))
        {
            return "names a batch file, whose arguments the command interpreter parses again (CVE-2024-24576): name an executable file.";
        }

        if (OperatingSystem.IsWindows() && !name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
        {
            return "names no .exe file: Windows would look for a program that opens it.";
        }

        return ProgramNames.IsLauncher(name)
            ? $"leads to '{name}', which starts whatever its arguments say, and so allows every program: name the program that is meant."
            : null;
    }

    private static string? AccessProblem(string full, string realPath)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var mode = File.GetUnixFileMode(realPath);
        if ((mode & AnyExecute) == 0)
        {
            return "names a file that is not executable: correct the path or the file's mode.";
        }

        if ((mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0)
        {
            return "names a program that changes its user or group, which this server could not end: name another.";
        }

        if ((mode & UnixFileMode.OtherWrite) != 0)
        {
            return "names a file that every account may write: take that right away (chmod o-w).";
        }

        // In its own folder others could put a library beside it, sticky bit or not. Further up they could exchange a folder, unless the bit forbids it.
        var folder = Path.GetDirectoryName(realPath)!;
        return (File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != 0 || HasOpenFolder(folder) || HasOpenFolder(Path.GetDirectoryName(full))
            ? "lies in or below a folder that every account may write: move the program or take that right away (chmod o-w)."
            : null;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool HasOpenFolder(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite)
            {
                return true;
            }
        }

        return false;
    }
}
