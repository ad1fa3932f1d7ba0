namespace McpSecureGen.Capabilities;

/// <summary>Reads the definitions of a vocabulary and collects everything wrong with them.</summary>
internal sealed class CapabilityDefinitions
{
    private readonly Dictionary<string, string[]> _implies = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public void Add(DefineCapabilityAttribute definition)
    {
        var name = definition.Name;
        if (!CapabilityName.IsWellFormed(name))
        {
            _problems.Add(
                $"DefineCapability(\"{name}\"): not a capability name. Write verb:object or verb:object/qualifier in lower case, "
                + $"at most {CapabilityName.MaxLength} characters.");
            return;
        }

        var implies = CapabilitySet.SortedDistinct((definition.Implies ?? []).Select(implied => implied ?? ""));
        if (_implies.TryGetValue(name, out var earlier) && !earlier.AsSpan().SequenceEqual(implies))
        {
            _problems.Add(
                $"DefineCapability(\"{name}\"): defined twice with different Implies ({Listed(earlier)}; {Listed(implies)}). Keep one definition.");
            return;
        }

        _implies[name] = implies;
        if (implies.Length > 0 && WidensBuiltIn(name, implies))
        {
            _problems.Add(
                $"DefineCapability(\"{name}\"): a built-in capability cannot be given further meaning (Implies = {Listed(implies)}), because every "
                + "holder of it would gain rights it was never granted. Define a name of your own that implies both.");
        }
    }

    public List<string> Problems()
    {
        var known = KnownNames();
        return
        [
            .. _problems,
            .. from definition in _implies
               from implied in definition.Value
               where !CapabilityVocabulary.IsKnown(implied, known)
               select CapabilityVocabulary.Unknown(implied, $"DefineCapability(\"{definition.Key}\") implies"),
        ];
    }

    public HashSet<string> KnownNames() => new([.. McpCapabilities.All, .. _implies.Keys], StringComparer.Ordinal);

    public Dictionary<string, List<string>> Impliers() => _implies
        .SelectMany(definition => definition.Value, (definition, implied) => (Implier: definition.Key, Implied: implied))
        .GroupBy(pair => pair.Implied, pair => pair.Implier, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    /// <summary>
    /// A built-in implies its qualified forms, so a definition of <c>read:files/temp</c> that implies <c>exec:commands</c> would widen
    /// <c>read:files</c> by the back door.
    /// </summary>
    private static bool WidensBuiltIn(string name, string[] implies)
    {
        var builtIn = CapabilityName.Base(name);
        return McpCapabilities.All.Contains(builtIn)
            && (name == builtIn || implies.Any(implied => !CapabilityName.SelfAndWiderForms(implied).Contains(builtIn)));
    }

    private static string Listed(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);
}
