namespace McpSecureGen.Cli;

/// <summary>Every exit code of <c>mcpsec</c>; <c>docs/cli.md</c> lists the same.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and what was checked is good.</summary>
    public const int Good = 0;

    /// <summary>The check was made and its answer is no: a token that is not accepted, roles with errors.</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file or the configuration cannot be used: absent, unreadable, unsafe, contradictory, or already there.</summary>
    public const int ConfigurationOrFile = 3;

    /// <summary>The store that servers share (Redis) does not answer. Nothing is known to have been stored.</summary>
    public const int StoreUnavailable = 4;

    /// <summary>A fault of this program (EX_SOFTWARE of sysexits.h).</summary>
    public const int Internal = 70;

    /// <summary>Stopped by SIGINT or SIGTERM before it was done (128 + SIGINT).</summary>
    public const int Cancelled = 130;
}
