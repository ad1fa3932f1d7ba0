using McpSecureGen.Hosting;

namespace McpSecureGen.Capabilities;

/// <summary>The capability names a server knows and what each implies: the built-in ones and those of <see cref="DefineCapabilityAttribute"/>.</summary>
/// <remarks>
/// <para>A capability implies its own qualified forms and what its definition's <see cref="DefineCapabilityAttribute.Implies"/> names, transitively,
/// and nothing else: <c>read:file</c> and <c>read:files</c> are strangers, <c>read:files/temp</c> does not imply <c>read:files</c>.
/// A qualified form of a known name is known without a definition.</para>
/// <para>Safe for use by several threads.</para>
/// </remarks>
public sealed class CapabilityVocabulary
{
    private readonly HashSet<string> _known;

    /// <summary>From an implied name to the names whose definition implies it.</summary>
    private readonly Dictionary<string, List<string>> _impliers;

    private readonly Lock _growth = new();
    private CapabilityIndex _index;

    private CapabilityVocabulary(HashSet<string> known, Dictionary<string, List<string>> impliers)
    {
        _known = known;
        _impliers = impliers;
        _index = CapabilityIndex.Empty.With(known.Order(StringComparer.Ordinal), CoveringNames);
    }

    internal CapabilityIndex Index => Volatile.Read(ref _index);

    /// <summary>The built-in names and <paramref name="definitions"/>.</summary>
    /// <param name="definitions">The definitions of all assemblies of the server; the same definition twice is one.</param>
    /// <exception cref="McpSecurityConfigurationException">
    /// A name is malformed, an implied name unknown, a name defined twice with different meaning, or a built-in name is given a wider one. All
    /// problems are in the one exception.
    /// </exception>
    public static CapabilityVocabulary Create(IEnumerable<DefineCapabilityAttribute> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);

        var reading = new CapabilityDefinitions();
        foreach (var definition in definitions)
        {
            reading.Add(definition);
        }

        return reading.Problems() is { Count: > 0 } problems
            ? throw new McpSecurityConfigurationException(problems)
            : new(reading.KnownNames(), reading.Impliers());
    }

    /// <summary>Whether <paramref name="name"/> is well-formed and built in, defined, or a qualified form of such a name.</summary>
    public bool IsKnown(string? name) => IsKnown(name, _known);

    /// <summary>The set of those of <paramref name="names"/> that are known. An unknown name grants nothing (RFC 6749, section 3.3) and is no error.</summary>
    public CapabilitySet SetOf(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);

        var index = Index;
        var numbers = new List<int>();
        var unindexed = new List<string>();
        foreach (var name in names)
        {
            if (!IsKnown(name))
            {
                continue;
            }

            if (index.TryGetNumber(name, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                unindexed.Add(name);
            }
        }

        return new(this, CapabilityIndex.Mask(numbers), CapabilitySet.SortedDistinct(unindexed));
    }

    /// <summary>What the caller of a primitive must hold.</summary>
    /// <param name="ns">The primitive's namespace; not empty.</param>
    /// <param name="names">The capabilities, all of them. None: any authenticated caller (<see cref="RequiresNoCapabilityAttribute"/>).</param>
    /// <exception cref="McpSecurityConfigurationException">Some names are unknown; all of them are in the message.</exception>
    public CapabilityRequirement Require(string ns, IEnumerable<string> names)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ns);
        ArgumentNullException.ThrowIfNull(names);

        string[] wanted = [.. names];
        string[] problems = [.. wanted.Where(name => !IsKnown(name)).Select(name => Unknown(name, $"A primitive of namespace '{ns}' requires"))];
        if (problems.Length > 0)
        {
            throw new McpSecurityConfigurationException(problems);
        }

        wanted = CapabilitySet.SortedDistinct(wanted);
        lock (_growth)
        {
            Volatile.Write(ref _index, _index.With(wanted, CoveringNames));
        }

        return new(ns, wanted, SetOf(wanted), [.. wanted.Select(name => SetOf([name]))]);
    }

    /// <summary>The known names whose holder holds <paramref name="name"/>: itself, its wider forms, and who declares to imply one of those, transitively.</summary>
    internal HashSet<string> CoveringNames(string name)
    {
        var covering = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
        {
            foreach (var form in CapabilityName.SelfAndWiderForms(next))
            {
                // A definition may form a cycle; then its members cover each other and are visited once.
                if (IsKnown(form) && covering.Add(form) && _impliers.TryGetValue(form, out var impliers))
                {
                    impliers.ForEach(open.Push);
                }
            }
        }

        return covering;
    }

    internal static bool IsKnown(string? name, HashSet<string> known) =>
        CapabilityName.IsWellFormed(name) && CapabilityName.SelfAndWiderForms(name!).Any(known.Contains);

    internal static string Unknown(string? name, string who) => CapabilityName.IsWellFormed(name)
        ? $"{who} the unknown capability '{name}'. Use a built-in name or define it: [assembly: DefineCapability(\"{name}\")]."
        : $"{who} '{name}', which is not a capability name. Write verb:object or verb:object/qualifier in lower case, at most {CapabilityName.MaxLength} characters.";
}
