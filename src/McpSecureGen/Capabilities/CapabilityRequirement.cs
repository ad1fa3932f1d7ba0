namespace McpSecureGen.Capabilities;

/// <summary>What the caller of one tool, prompt or resource must hold, and in which namespace. Made by <see cref="CapabilityVocabulary.Require"/>.</summary>
public sealed class CapabilityRequirement
{
    private readonly CapabilitySet[] _each;

    internal CapabilityRequirement(string ns, string[] names, CapabilitySet capabilities, CapabilitySet[] each)
    {
        Namespace = ns;
        Names = Array.AsReadOnly(names);
        Capabilities = capabilities;
        _each = each;
    }

    /// <summary>The namespace of the primitive; grants limited to another one do not count.</summary>
    public string Namespace { get; }

    /// <summary>The capabilities, sorted. Empty: any authenticated caller.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The same as a set.</summary>
    public CapabilitySet Capabilities { get; }

    /// <summary>The names that a holder of <paramref name="held"/> lacks, sorted.</summary>
    internal string[] MissingFrom(CapabilitySet held)
    {
        var missing = new List<string>();
        for (var position = 0; position < _each.Length; position++)
        {
            if (!held.Covers(_each[position]))
            {
                missing.Add(Names[position]);
            }
        }

        return [.. missing];
    }
}
