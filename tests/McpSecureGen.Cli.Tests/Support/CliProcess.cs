using System.Diagnostics;

namespace McpSecureGen.Cli.Tests.Support;

/// <summary>The command as a process of its own.</summary>
internal static class CliProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "mcpsec.dll");

    public static Process Start(string folder, string shellLine)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(shellLine.Replace("mcpsec ", $"exec dotnet '{Program}' ", StringComparison.Ordinal));
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static async Task<CliRun> Run(string folder, string shellLine)
    {
        using var process = Start(folder, shellLine);
        return await End(process);
    }

    public static async Task<CliRun> End(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await output, await error);
    }
}
