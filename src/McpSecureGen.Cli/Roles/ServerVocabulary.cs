using McpSecureGen.Capabilities;

namespace McpSecureGen.Cli.Roles;

/// <summary>The vocabulary of a server: the built-in capabilities and those of its assembly.</summary>
internal sealed class ServerVocabulary
{
    private ServerVocabulary(CapabilityVocabulary vocabulary, IReadOnlyList<string> names)
    {
        Vocabulary = vocabulary;
        Names = names;
    }

    public CapabilityVocabulary Vocabulary { get; }

    /// <summary>Every name, built in or defined.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="Hosting.McpSecurityConfigurationException">The definitions contradict each other.</exception>
    public static ServerVocabulary Of(AssemblyDeclarations declarations) => new(
        CapabilityVocabulary.Create(declarations.Capabilities),
        [.. McpCapabilities.All.Concat(declarations.Capabilities.Select(definition => definition.Name)).Distinct(StringComparer.Ordinal)]);
}
