using McpSecureGen.Capabilities;

namespace McpSecureGen.Invocation;

/// <summary>Which requirements only a sender-constrained token meets (<c>McpSecurity:Authentication:DPoPRequiredFor</c>).</summary>
internal sealed class SenderConstraints
{
    private readonly CapabilitySet[] _constrained;

    private SenderConstraints(CapabilitySet[] constrained) => _constrained = constrained;

    internal static SenderConstraints None { get; } = new([]);

    /// <exception cref="Hosting.McpSecurityConfigurationException">A name is unknown: a constraint that binds nothing would be thought to bind.</exception>
    internal static SenderConstraints Create(IReadOnlyList<string> names, CapabilityVocabulary vocabulary)
    {
        string[] problems = [.. names.Where(name => !vocabulary.IsKnown(name)).Select(static name =>
            CapabilityVocabulary.Unknown(name, "McpSecurity:Authentication:DPoPRequiredFor names"))];
        return problems.Length > 0
            ? throw new Hosting.McpSecurityConfigurationException(problems)
            : new([.. names.Select(name => vocabulary.Require("constraints", [name]).Capabilities)]);
    }

    /// <summary>Whether it asks for a constrained capability, for a part of one, or for one that holds it.</summary>
    internal bool Touch(CapabilityRequirement requirement, CapabilityVocabulary vocabulary) => Array.Exists(
        _constrained,
        constrained => requirement.Names.Any(name =>
        {
            var required = vocabulary.Require(requirement.Namespace, [name]).Capabilities;
            return constrained.Covers(required) || required.Covers(constrained);
        }));
}
