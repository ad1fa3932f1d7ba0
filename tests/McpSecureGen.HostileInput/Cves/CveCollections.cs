namespace McpSecureGen.HostileInput.Cves;

/// <summary>These tests tell their tools by a static member where the recorder listens, so they run one after another.</summary>
[CollectionDefinition(nameof(PathCveTools))]
public sealed class CveCollections;
