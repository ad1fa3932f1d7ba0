namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>How a caller goes about it.</summary>
internal enum DecisionRoute
{
    /// <summary>A plain <c>tools/call</c>.</summary>
    Direct,

    /// <summary>The same inside a JSON array (CVE of mxmsmnv/McpServer: a batch ran past the check).</summary>
    Batch,

    /// <summary>A tool that no list shows this caller (CVE-2026-77243).</summary>
    HiddenTool,

    /// <summary>The tool's name in upper case.</summary>
    OtherCase,

    /// <summary><c>params</c> with <c>NAME</c> in place of <c>name</c> (class of CVE-2026-27896).</summary>
    MemberCase,

    /// <summary>The method twice: an intermediary that takes the first sees <c>ping</c>.</summary>
    TwoMethods,

    /// <summary>Over HTTP an <c>Mcp-Name</c> that is not the body's; elsewhere a copy of it in <c>_meta</c>, where it means nothing.</summary>
    WrongHeader,
}
