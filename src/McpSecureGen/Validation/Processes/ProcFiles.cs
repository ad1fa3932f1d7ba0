using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>A process that runs: its number may come to mean another, its number and start together do not.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The number of its parent.</param>
/// <param name="Start">When it was started, in ticks since the system was.</param>
internal readonly record struct LiveProcess(int Id, int Parent, string Start);

/// <summary>What Linux says of processes under <c>/proc</c>. What has ended, or belongs to another user, is answered by nothing.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcFiles
{
    internal static IReadOnlyList<LiveProcess> All()
    {
        try
        {
            return [.. Directory.EnumerateDirectories("/proc")
                .Select(static folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Live(id) : null)
                .OfType<LiveProcess>()];
        }
        catch (Exception error) when (IsAbsence(error))
        {
            return [];
        }
    }

    /// <summary>The numbers of all processes, those included that have ended and wait to be counted.</summary>
    internal static HashSet<int> Ids()
    {
        try
        {
            return [.. Directory.EnumerateDirectories("/proc")
                .Select(static folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)];
        }
        catch (Exception error) when (IsAbsence(error))
        {
            return [];
        }
    }

    /// <summary>The process of a number; null where there is none, or one that has ended and only waits to be counted.</summary>
    internal static LiveProcess? Live(int id)
    {
        // "17 (any name) S 1 ...": the name may hold anything, parentheses included. Parent is field 4, start is field 22 (proc_pid_stat(5)).
        var text = Read($"/proc/{id}/stat") is { } bytes ? Encoding.Latin1.GetString(bytes) : "";
        var end = text.LastIndexOf(')');
        var fields = end > 0 ? text[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return fields.Length > 19 && fields[0] is not ("Z" or "X") && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            ? new LiveProcess(id, parent, fields[19])
            : null;
    }

    /// <summary>The environment with which its program was started.</summary>
    internal static byte[] Environment(int id) => Read($"/proc/{id}/environ") ?? [];

    /// <summary>What its descriptors lead to, as in <c>pipe:[4711]</c>.</summary>
    internal static IEnumerable<string> Descriptors(int id)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Select(Link).OfType<string>()];
        }
        catch (Exception error) when (IsAbsence(error))
        {
            return [];
        }
    }

    /// <summary>What a descriptor of this process leads to.</summary>
    internal static string? OwnDescriptor(nint number) => Link($"/proc/self/fd/{number}");

    private static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (IsAbsence(error))
        {
            return null;
        }
    }

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (IsAbsence(error))
        {
            return null;
        }
    }

    private static bool IsAbsence(Exception error) => error is IOException or UnauthorizedAccessException;
}
