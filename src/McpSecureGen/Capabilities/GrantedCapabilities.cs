namespace McpSecureGen.Capabilities;

/// <summary>What one caller holds: everywhere, and more in some namespaces. Immutable.</summary>
internal sealed class GrantedCapabilities
{
    private readonly CapabilitySet _everywhere;

    /// <summary>Namespace to what counts there, the grants that count everywhere included; so a call needs one look-up and no union.</summary>
    private readonly Dictionary<string, CapabilitySet> _within;

    private GrantedCapabilities(CapabilitySet everywhere, Dictionary<string, CapabilitySet> within)
    {
        _everywhere = everywhere;
        _within = within;
    }

    public static GrantedCapabilities From(CapabilityVocabulary vocabulary, IReadOnlyCollection<CapabilityGrant> grants)
    {
        var everywhere = vocabulary.SetOf(grants.Where(grant => grant.Namespace is null).Select(grant => grant.Capability));
        var within = grants
            .Where(grant => grant.Namespace is not null)
            .GroupBy(grant => grant.Namespace!, grant => grant.Capability, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => everywhere.Union(vocabulary.SetOf(group)), StringComparer.Ordinal);
        return new(everywhere, within);
    }

    public CapabilitySet In(string ns) => _within.TryGetValue(ns, out var held) ? held : _everywhere;
}
