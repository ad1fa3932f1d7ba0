namespace McpSecureGen.Cli;

/// <summary>A failure the user can do something about. The message names the thing and the remedy; it never carries a key or a token.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CliException Usage(string message) => new(ExitCodes.Usage, message);

    public static CliException File(string message) => new(ExitCodes.ConfigurationOrFile, message);
}
