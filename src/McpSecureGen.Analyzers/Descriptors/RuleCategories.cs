namespace McpSecureGen.Analyzers.Descriptors;

/// <summary>One category for each range of ids.</summary>
internal static class RuleCategories
{
    /// <summary>MCPSEC1xxx.</summary>
    public const string Authorization = "McpSecureGen.Authorization";

    /// <summary>MCPSEC2xxx.</summary>
    public const string Input = "McpSecureGen.Input";

    /// <summary>MCPSEC4xxx.</summary>
    public const string Metadata = "McpSecureGen.Metadata";

    /// <summary>MCPSEC5xxx.</summary>
    public const string Registration = "McpSecureGen.Registration";

    /// <summary>MCPSEC9xxx.</summary>
    public const string Generator = "McpSecureGen.Generator";
}
