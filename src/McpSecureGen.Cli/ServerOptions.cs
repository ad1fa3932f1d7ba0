using System.CommandLine;

namespace McpSecureGen.Cli;

/// <summary>Options that name a server's settings and its compiled assembly.</summary>
internal static class ServerOptions
{
    public static Option<string> Config() => new("--config")
    {
        Description = "The server's settings file (appsettings.json). Environment variables McpSecurity__... count over it, as they do for the server.",
        HelpName = "FILE",
    };

    public static Option<string> Assembly() => new("--assembly")
    {
        Description = "The server's compiled assembly (.dll), for what it defines itself. It is read, never run.",
        HelpName = "FILE",
    };
}
