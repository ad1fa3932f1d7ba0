using System.Collections.Concurrent;

namespace FileServer.Demo;

/// <summary>A server that lacks a setting does not start, and says which.</summary>
internal static class StartUpCheck
{
    private static readonly (string Setting, string Named)[] Needed =
    [
        ("McpSecurity__Roots__workspace", "McpSecurity:Roots:workspace is not configured"),
        ("McpSecurity__Authentication__KeyFile", "McpSecurity:Authentication:KeyFile is not set"),
        ("McpSecurity__Audit__Path", "McpSecurity:Audit:Path is not set"),
    ];

    public static async Task<bool> RunAsync(DemoFolder folder)
    {
        var good = true;
        foreach (var (setting, named) in Needed)
        {
            var isRefused = await RefusesAsync(folder, setting, named);
            Report.Line($"Server without {setting}: {(isRefused ? "does not start and names it: ok" : "NOT OK")}");
            good &= isRefused;
        }

        return good;
    }

    private static async Task<bool> RefusesAsync(DemoFolder folder, string setting, string named)
    {
        var settings = ServerProcess.Settings(folder);
        settings.Remove(setting);
        var said = new ConcurrentQueue<string>();
        try
        {
            await using var process = await ServerProcess.StartAsync(settings, said.Enqueue);
            return false;
        }
        catch (IOException)
        {
            return said.Any(line => line.Contains(named, StringComparison.Ordinal));
        }
    }
}
