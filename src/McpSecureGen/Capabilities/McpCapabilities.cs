namespace McpSecureGen;

/// <summary>The built-in capability names, for <see cref="RequiresCapabilityAttribute"/> and <see cref="DefineRoleAttribute"/>.</summary>
/// <remarks>
/// They are the names the analysis knows how to find in code (the capability map). None implies another; each implies its own qualified forms
/// (<c>read:files</c> implies <c>read:files/temp</c>). <see cref="DefineCapabilityAttribute"/> adds names of your own.
/// </remarks>
public static class McpCapabilities
{
    /// <summary><c>read:files</c>: read files and folders, their names and their metadata.</summary>
    public const string ReadFiles = "read:files";

    /// <summary><c>write:files</c>: create, change, move or delete files and folders.</summary>
    public const string WriteFiles = "write:files";

    /// <summary><c>exec:commands</c>: start other programs.</summary>
    public const string ExecCommands = "exec:commands";

    /// <summary><c>net:access</c>: open outgoing network connections, name look-ups included.</summary>
    public const string NetAccess = "net:access";

    /// <summary><c>env:read</c>: read environment variables.</summary>
    public const string EnvRead = "env:read";

    /// <summary><c>code:load</c>: load or compile code at run time.</summary>
    public const string CodeLoad = "code:load";

    /// <summary><c>container:control</c>: start, stop or change containers and their images.</summary>
    public const string ContainerControl = "container:control";

    /// <summary><c>db:access</c>: read or change a database.</summary>
    public const string DbAccess = "db:access";

    /// <summary><c>env:write</c>: change environment variables or the current folder of the process.</summary>
    public const string EnvWrite = "env:write";

    /// <summary><c>ipc:access</c>: talk to other processes of this machine through pipes, shared memory or local sockets.</summary>
    public const string IpcAccess = "ipc:access";

    /// <summary><c>mcp:elicitation</c>: ask the client's user a question.</summary>
    public const string McpElicitation = "mcp:elicitation";

    /// <summary><c>mcp:raw</c>: send protocol messages of the tool's own making to the client.</summary>
    public const string McpRaw = "mcp:raw";

    /// <summary><c>mcp:roots</c>: ask the client which folders it works in.</summary>
    public const string McpRoots = "mcp:roots";

    /// <summary><c>mcp:sampling</c>: ask the client's model to generate text.</summary>
    public const string McpSampling = "mcp:sampling";

    /// <summary><c>native:call</c>: call native code.</summary>
    public const string NativeCall = "native:call";

    /// <summary><c>native:unsafe</c>: read or write memory without the runtime's checks.</summary>
    public const string NativeUnsafe = "native:unsafe";

    /// <summary><c>net:listen</c>: accept incoming network connections.</summary>
    public const string NetListen = "net:listen";

    /// <summary><c>process:control</c>: inspect, signal or end other processes, or end this one.</summary>
    public const string ProcessControl = "process:control";

    /// <summary><c>reflect:invoke</c>: call members chosen at run time by reflection.</summary>
    public const string ReflectInvoke = "reflect:invoke";

    /// <summary><c>registry:read</c>: read the Windows registry.</summary>
    public const string RegistryRead = "registry:read";

    /// <summary><c>registry:write</c>: change the Windows registry.</summary>
    public const string RegistryWrite = "registry:write";

    /// <summary><c>secrets:read</c>: read stored secrets: keys, certificates, credentials.</summary>
    public const string SecretsRead = "secrets:read";

    /// <summary><c>secrets:write</c>: store, change or delete secrets: keys, certificates, credentials.</summary>
    public const string SecretsWrite = "secrets:write";

    /// <summary><c>stdio:read</c>: read standard input, which carries the protocol of a stdio server.</summary>
    public const string StdioRead = "stdio:read";

    /// <summary><c>stdio:write</c>: write standard output or error; standard output carries the protocol of a stdio server.</summary>
    public const string StdioWrite = "stdio:write";

    /// <summary><c>system:read</c>: read facts about the machine, its user and its processes.</summary>
    public const string SystemRead = "system:read";

    /// <summary>Every built-in name: the five that most servers use first, the rest in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ReadFiles, WriteFiles, ExecCommands, NetAccess, EnvRead,
        CodeLoad, ContainerControl, DbAccess, EnvWrite, IpcAccess,
        McpElicitation, McpRaw, McpRoots, McpSampling, NativeCall,
        NativeUnsafe, NetListen, ProcessControl, ReflectInvoke, RegistryRead,
        RegistryWrite, SecretsRead, SecretsWrite, StdioRead, StdioWrite,
        SystemRead,
    ];
}
