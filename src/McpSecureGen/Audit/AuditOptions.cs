namespace McpSecureGen.Audit;

/// <summary>Configuration section <c>McpSecurity:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>Path of the log file; its folder must exist. Required.</summary>
    public string? Path { get; set; }
}
