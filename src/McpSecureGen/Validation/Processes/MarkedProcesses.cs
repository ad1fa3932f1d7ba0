using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Processes;

/// <summary>
/// Finds and ends the processes of one run on Linux, wherever they hang in the tree: those whose first environment carries the run's mark, those that hold
/// a pipe of the run, and the children of both.
/// </summary>
/// <remarks>
/// What gets away: a process that has left the tree, cleared its environment in a new program <em>and</em> closed both pipes; one that runs as another user; and
/// everything where <c>/proc</c> is not mounted. A container or control group is what holds those (docs/limits.md).
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class MarkedProcesses
{
    /// <summary>The variable that carries the mark.</summary>
    internal const string Variable = "MCPSECUREGEN_RUN";

    // Each round ends what it sees; a program that forks while it is looked for is seen by the next.
    private const int MaxRounds = 200;

    // On a system where programs start all the time, there are always some that have not been looked at.
    private const int MaxFruitless = 20;

    // The numbers of new system calls are the same on every processor.
    private const nint PidfdSendSignal = 424;
    private const nint PidfdOpen = 434;
    private const int Kill = 9;
    private const int NoSuchCall = 38;

    private readonly byte[] _mark;
    private readonly HashSet<string> _pipes = new(StringComparer.Ordinal);

    internal MarkedProcesses()
    {
        Mark = Guid.NewGuid().ToString("N");
        _mark = Encoding.ASCII.GetBytes($"{Variable}={Mark}");
    }

    /// <summary>The value of <see cref="Variable"/>: new for each run, and no secret.</summary>
    internal string Mark { get; }

    /// <summary>Notes the reading end of a pipe of the run.</summary>
    internal void Watch(SafeHandle pipe)
    {
        if (ProcFiles.OwnDescriptor(pipe.DangerousGetHandle()) is { } name && name.StartsWith("pipe:", StringComparison.Ordinal))
        {
            _pipes.Add(name);
        }
    }

    /// <summary>Ends all that carry the mark, until there is none.</summary>
    internal Task EndAsync() => EndAsync(static _ => false);

    /// <summary>Ends also those that hold a pipe of the run.</summary>
    internal async Task EndHoldersAsync()
    {
        // A program that the server starts at this moment holds everything for an instant, before it is a program: only who still holds the pipe later is meant.
        var seen = ProcFiles.All().Where(Holds).ToHashSet();
        await Task.Delay(50).ConfigureAwait(false);
        await EndAsync(process => seen.Contains(process) && Holds(process)).ConfigureAwait(false);
    }

    private bool Holds(LiveProcess process) => process.Id != Environment.ProcessId && ProcFiles.Descriptors(process.Id).Any(_pipes.Contains);

    private async Task EndAsync(Func<LiveProcess, bool> also)
    {
        var fruitless = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            // A daemon comes about by a chain of processes, each of which starts the next and ends: while one look goes on, the chain gets past it. So the look
            // that finds nothing is the last only when nothing has been started meanwhile.
            var before = ProcFiles.Ids();
            var found = Find(also);
            fruitless = found.Count == 0 ? fruitless + 1 : 0;
            if (fruitless > 0 && (fruitless > MaxFruitless || ProcFiles.Ids().IsSubsetOf(before)))
            {
                return;
            }

            foreach (var process in found)
            {
                End(process);
            }

            await Task.Delay(fruitless > 0 ? 0 : round < 10 ? 1 : 20).ConfigureAwait(false);
        }
    }

    private List<LiveProcess> Find(Func<LiveProcess, bool> also)
    {
        var others = ProcFiles.All().Where(static process => process.Id != Environment.ProcessId).ToList();
        var found = others.Where(process => ProcFiles.Environment(process.Id).AsSpan().IndexOf(_mark) >= 0 || also(process)).ToList();
        var ids = found.Select(static process => process.Id).ToHashSet();
        for (var added = ids.Count > 0; added;)
        {
            var children = others.Where(process => ids.Contains(process.Parent) && !ids.Contains(process.Id)).ToList();
            found.AddRange(children);
            ids.UnionWith(children.Select(static process => process.Id));
            added = children.Count > 0;
        }

        return found;
    }

    /// <summary>Ends a process by a handle, and only if it is still the one that was found.</summary>
    private static void End(LiveProcess process)
    {
        var handle = Syscall(PidfdOpen, process.Id, 0, 0, 0);
        var isOldKernel = handle < 0 && Marshal.GetLastPInvokeError() == NoSuchCall;
        using var descriptor = handle < 0 ? null : new SafeFileHandle(handle, ownsHandle: true);
        if (ProcFiles.Live(process.Id)?.Start != process.Start)
        {
            return;
        }

        if (handle >= 0)
        {
            _ = Syscall(PidfdSendSignal, handle, Kill, 0, 0);
        }
        else if (isOldKernel)
        {
            // Linux before 5.3: a number is all there is.
            _ = SendSignal(process.Id, Kill);
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Syscall(nint number, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int id, int signal);
}
