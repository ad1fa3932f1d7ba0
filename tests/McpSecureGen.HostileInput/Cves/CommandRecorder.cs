using System.Diagnostics;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>A program that writes its arguments down, each in a line of its own, in a folder that can be looked at for anything else that happened.</summary>
internal sealed class CommandRecorder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-cve-");

    internal CommandRecorder()
    {
        Program = Path.Combine(_folder.FullName, "recorder");
        File.WriteAllText(Program, "#!/bin/sh\nfor a in \"$@\"; do printf '[%s]\\n' \"$a\"; done >> \"$0.log\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    internal string Program { get; }

    /// <summary>The file whose existence shows that a payload ran.</summary>
    internal string Pwned => Path.Combine(_folder.FullName, "pwned");

    internal bool IsPwned => File.Exists(Pwned);

    internal string[] Arguments => File.Exists(Program + ".log") ? File.ReadAllLines(Program + ".log") : [];

    internal void Forget()
    {
        File.Delete(Program + ".log");
        File.Delete(Pwned);
    }

    /// <summary>What the vulnerable servers did: one string, which a shell reads.</summary>
    internal void Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit(10_000);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
