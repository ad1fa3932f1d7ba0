namespace McpSecureGen.Capabilities;

/// <summary>
/// The interned names of a vocabulary at one moment. Immutable: growth makes a new index in which every older number and mask stands unchanged.
/// </summary>
internal sealed class CapabilityIndex
{
    private readonly Dictionary<string, int> _numbers;

    private CapabilityIndex(string[] names, ulong[][] coveredBy, Dictionary<string, int> numbers)
    {
        Names = names;
        CoveredBy = coveredBy;
        _numbers = numbers;
    }

    public static CapabilityIndex Empty { get; } = new([], [], new(StringComparer.Ordinal));

    /// <summary>Number to name.</summary>
    public string[] Names { get; }

    /// <summary>Number to the mask of all names whose holder holds this one, itself included.</summary>
    public ulong[][] CoveredBy { get; }

    public bool TryGetNumber(string name, out int number) => _numbers.TryGetValue(name, out number);

    /// <summary>
    /// This index with <paramref name="names"/> and every name that covers one of them. Interning the covering names at once is what makes a mask
    /// final: no name interned later can cover an earlier one.
    /// </summary>
    public CapabilityIndex With(IEnumerable<string> names, Func<string, IReadOnlyCollection<string>> coveringNames)
    {
        var added = new List<string>();
        var numbers = new Dictionary<string, int>(_numbers, StringComparer.Ordinal);
        foreach (var name in names.SelectMany(coveringNames))
        {
            if (numbers.TryAdd(name, numbers.Count))
            {
                added.Add(name);
            }
        }

        if (added.Count == 0)
        {
            return this;
        }

        var masks = added.Select(name => Mask(coveringNames(name).Select(wider => numbers[wider])));
        return new([.. Names, .. added], [.. CoveredBy, .. masks], numbers);
    }

    public static ulong[] Mask(IEnumerable<int> numbers)
    {
        var bits = new ulong[1];
        foreach (var number in numbers)
        {
            if (number / 64 >= bits.Length)
            {
                Array.Resize(ref bits, (number / 64) + 1);
            }

            bits[number / 64] |= 1UL << (number % 64);
        }

        return bits;
    }
}
