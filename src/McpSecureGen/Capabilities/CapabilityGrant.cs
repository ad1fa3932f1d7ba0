namespace McpSecureGen.Capabilities;

/// <summary>One thing granted: a capability, everywhere or in one namespace.</summary>
/// <param name="Namespace">The namespace it is limited to; null: it counts in all.</param>
/// <param name="Capability">The capability's name, not yet checked against a vocabulary.</param>
internal readonly record struct CapabilityGrant(string? Namespace, string Capability)
{
    /// <summary>
    /// Reads <c>read:files</c> or <c>files/read:files</c>. The namespace is what stands before the first <c>/</c> that precedes the <c>:</c>; a
    /// slash after the colon belongs to the capability (<c>files/read:files/temp</c>).
    /// </summary>
    /// <returns>False for text that is no grant; it then grants nothing.</returns>
    public static bool TryParse(string? entry, out CapabilityGrant grant)
    {
        grant = default;
        if (string.IsNullOrEmpty(entry))
        {
            return false;
        }

        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        var limited = slash >= 0 && slash < colon;

        // An empty namespace is a slip ("/read:files"), never "everywhere".
        if (slash == 0)
        {
            return false;
        }

        grant = limited ? new(entry[..slash], entry[(slash + 1)..]) : new(null, entry);
        return CapabilityName.IsWellFormed(grant.Capability);
    }
}
