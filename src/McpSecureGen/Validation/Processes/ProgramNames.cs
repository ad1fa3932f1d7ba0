using System.Collections.Frozen;

namespace McpSecureGen.Validation.Processes;

/// <summary>What the name of a program says about it: a batch file, or one that takes commands as arguments and so starts anything.</summary>
internal static class ProgramNames
{
    // A program of this list turns one allowed program into all of them (CWE-78). It cannot be complete; docs/input/processes.md says so.
    private static readonly FrozenSet<string> Launchers = FrozenSet.ToFrozenSet(
    [
        "sh", "bash", "rbash", "dash", "ash", "zsh", "ksh", "mksh", "pdksh", "oksh", "yash", "csh", "tcsh", "rc", "es", "fish", "nu", "xonsh", "elvish", "osh", "ysh",
        "busybox", "toybox", "cmd", "command", "powershell", "pwsh", "powershell_ise", "wsl", "wscript", "cscript", "mshta", "rundll", "regsvr", "forfiles", "pcalua",
        "conhost", "runas", "schtasks", "wmic", "explorer", "env", "xargs", "parallel", "nohup", "setsid", "nice", "ionice", "chrt", "taskset", "timeout", "time",
        "stdbuf", "unbuffer", "script", "expect", "sudo", "su", "su-exec", "gosu", "doas", "runuser", "run0", "pkexec", "chroot", "unshare", "nsenter", "setpriv",
        "capsh", "systemd-run", "start-stop-daemon", "daemonize", "flock", "watch", "entr", "at", "batch", "crontab", "screen", "tmux", "strace", "ltrace", "gdb",
        "xvfb-run", "dbus-run-session", "osascript", "launchctl", "proot", "fakeroot", "bwrap", "firejail", "setarch", "linux32", "linux64", "prlimit", "choom", "runcon",
        "newgrp", "ssh-agent", "dbus-launch", "numactl", "perf", "valgrind", "cgexec", "logsave",

        // Many programs in one file, told apart by the name of the link that was called. Called by its own name, it takes its first argument for the program.
        "coreutils", "rust-coreutils", "uutils", "busybox.nosuid", "busybox.suid", "busybox-extras", "snap", "rustup", "mise", "volta", "volta-shim", "ccache", "sccache",
    ], StringComparer.Ordinal);

    private static readonly string[] Decorations = [".exe", ".com", ".static", "-static", "-preview", "-stable", "-lts", "-daily"];

    /// <summary>
    /// Whether Windows would hand the file to its command interpreter, which parses the arguments a second time (CVE-2024-24576). Windows takes dots and
    /// spaces off the end of a name (CVE-2024-43402).
    /// </summary>
    internal static bool IsBatchFile(string name)
    {
        var bare = name.AsSpan().TrimEnd(". ");
        return bare.EndsWith(".bat", StringComparison.OrdinalIgnoreCase) || bare.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether the program is a shell or otherwise starts what its arguments say, whatever its version: <c>bash</c>, <c>pwsh-7</c>, <c>ksh93</c>,
    /// <c>ld-linux-x86-64.so.2</c>.
    /// </summary>
    internal static bool IsLauncher(string name)
    {
        var bare = Bare(name);
        return Launchers.Contains(bare) || (bare.StartsWith("ld", StringComparison.Ordinal) && bare.Contains(".so", StringComparison.Ordinal));
    }

    private static string Bare(string name)
    {
        var bare = name.ToLowerInvariant().TrimEnd('.', ' ');
        for (var before = ""; before != bare;)
        {
            before = bare;
            foreach (var decoration in Decorations)
            {
                if (bare.Length > decoration.Length && bare.EndsWith(decoration, StringComparison.Ordinal))
                {
                    bare = bare[..^decoration.Length];
                }
            }

            // run0 is a name; ksh93 is a version.
            bare = Launchers.Contains(bare) ? bare : bare.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-', '_');
        }

        return bare;
    }
}
