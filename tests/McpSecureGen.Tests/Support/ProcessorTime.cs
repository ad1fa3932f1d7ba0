using System.Diagnostics;
using System.Runtime.InteropServices;

namespace McpSecureGen.Tests.Support;

/// <summary>What work costs the processor, whatever else the machine does meanwhile: the time of the calling thread where the system tells it.</summary>
internal static class ProcessorTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>The cheapest of several runs.</summary>
    internal static TimeSpan Fastest(int times, Action work)
    {
        var best = TimeSpan.MaxValue;
        for (var turn = 0; turn < times; turn++)
        {
            var start = Now();
            work();
            var cost = Now() - start;
            best = cost < best ? cost : best;
        }

        return best;
    }

    private static TimeSpan Now() =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && ReadClock(ThreadClock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out UnixTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct UnixTime
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
