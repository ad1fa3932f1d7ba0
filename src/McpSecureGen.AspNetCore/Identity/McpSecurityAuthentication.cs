namespace McpSecureGen.Identity;

/// <summary>The ASP.NET Core authentication scheme of MCP callers.</summary>
public static class McpSecurityAuthentication
{
    /// <summary>
    /// The scheme's name. MCP endpoints use it by themselves; name it in a policy of your own to admit the same callers elsewhere. A JwtBearer handler
    /// whose tokens are judged by <see cref="CallerAuthenticator"/>; its own validation parameters decide nothing.
    /// </summary>
    public const string Scheme = "McpSecureGen";
}
