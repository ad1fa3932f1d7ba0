using McpSecureGen;

[assembly: DefineRole("reader", McpCapabilities.ReadFiles)]
[assembly: DefineRole("writer", McpCapabilities.ReadFiles, McpCapabilities.WriteFiles)]
