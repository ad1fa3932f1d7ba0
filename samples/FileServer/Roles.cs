using McpSecureGen;

[assembly: DefineCapability("purge:files", Description = "Delete folders with everything in them.", Implies = [McpCapabilities.WriteFiles])]

[assembly: DefineRole("reader", McpCapabilities.ReadFiles)]
[assembly: DefineRole("developer", McpCapabilities.ReadFiles, McpCapabilities.WriteFiles)]
[assembly: DefineRole("administrator", McpCapabilities.ReadFiles, "purge:files")]
