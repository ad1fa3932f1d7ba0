namespace McpSecureGen;

/// <summary>The built-in capability names.</summary>
public static class McpCapabilities
{
    /// <summary>Reads, lists or inspects files and folders.</summary>
    public const string ReadFiles = "read:files";

    /// <summary>Creates, changes or deletes files and folders.</summary>
    public const string WriteFiles = "write:files";

    /// <summary>Starts programs.</summary>
    public const string ExecCommands = "exec:commands";

    /// <summary>Opens network connections.</summary>
    public const string NetAccess = "net:access";

    /// <summary>Reads environment variables.</summary>
    public const string EnvRead = "env:read";
}
