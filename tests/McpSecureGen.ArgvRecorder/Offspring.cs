using System.Diagnostics;
using System.Runtime.InteropServices;

namespace McpSecureGen.ArgvRecorder;

/// <summary>Processes of this program that are hard to end, and output that is hard to hold.</summary>
internal static class Offspring
{
    /// <summary>Starts this program again, with the same streams.</summary>
    public static void Start(string mode, bool withMark)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        start.Environment["RECORDER_MODE"] = mode;
        if (!withMark)
        {
            start.Environment.Remove("MCPSECUREGEN_RUN");
        }

        using var child = Process.Start(start);
    }

    /// <summary>Leaves the session, as a daemon does, and lets a file grow for ever.</summary>
    public static void Beat(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSid();
        }

        while (true)
        {
            File.AppendAllText(Path.Combine(folder, "beat"), ".");
            Thread.Sleep(10);
        }
    }

    public static void AwaitBeat(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "beat")))
        {
            Thread.Sleep(10);
        }
    }

    /// <summary>Three MiB on each stream, at the same time.</summary>
    public static void Flood()
    {
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        Parallel.ForEach((Stream[])[Console.OpenStandardOutput(), Console.OpenStandardError()], stream =>
        {
            for (var count = 0; count < 48; count++)
            {
                stream.Write(block);
            }
        });
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSid();
}
