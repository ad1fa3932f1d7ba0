using System.CommandLine;

namespace McpSecureGen.Cli;

/// <summary>Options of every command.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one JSON document to standard output and nothing else there.",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show where in the program a fault arose. Never shows a key or a token.",
        Recursive = true,
    };
}
