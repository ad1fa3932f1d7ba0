namespace McpSecureGen.HostileInput.Output;

/// <summary>The tools return what a static member says, so their tests run one after another.</summary>
[CollectionDefinition(nameof(OutputTools), DisableParallelization = false)]
public sealed class OutputCollection;
