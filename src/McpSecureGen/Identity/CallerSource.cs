namespace McpSecureGen.Identity;

/// <summary>Where a caller's credential came from; part of every audit record.</summary>
public enum CallerSource
{
    /// <summary>The call's own <c>_meta["mcpsecuregen/token"]</c>.</summary>
    CallMeta,

    /// <summary>The file that the environment variable <c>MCP_ACCESS_TOKEN_FILE</c> names.</summary>
    TokenFile,

    /// <summary>The environment variable <c>MCP_ACCESS_TOKEN</c>.</summary>
    Environment,

    /// <summary>The HTTP <c>Authorization</c> header.</summary>
    Authorization,
}
