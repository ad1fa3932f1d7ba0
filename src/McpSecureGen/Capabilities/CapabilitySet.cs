using System.Numerics;

namespace McpSecureGen.Capabilities;

/// <summary>A set of capabilities over one vocabulary. The default value is the empty set.</summary>
/// <remarks>
/// <para>The set holds the names it was made of; what they imply is asked of the vocabulary, where every interned name carries the mask of all names
/// that cover it. That mask is complete the moment the name appears, so a set made before <c>read:files/temp</c> was first required covers it
/// as well as one made after, and nothing has to be recomputed or locked.</para>
/// <para>Names that no one requires are kept as text and not interned: a stream of tokens with ever new qualifiers must not grow the vocabulary.</para>
/// </remarks>
public readonly struct CapabilitySet : IEquatable<CapabilitySet>
{
    private readonly CapabilityVocabulary? _vocabulary;
    private readonly ulong[]? _bits;

    /// <summary>Known names without a bit when the set was made; sorted, distinct.</summary>
    private readonly string[]? _unindexed;

    internal CapabilitySet(CapabilityVocabulary vocabulary, ulong[] bits, string[]? unindexed)
    {
        _vocabulary = vocabulary;
        _bits = bits;
        _unindexed = unindexed is { Length: > 0 } ? unindexed : null;
    }

    /// <summary>Whether the set holds nothing.</summary>
    public bool IsEmpty => _unindexed is null && (_bits is null || !_bits.AsSpan().ContainsAnyExcept(0UL));

    /// <summary>The names the set was made of, sorted; implied names are not listed.</summary>
    public IReadOnlyList<string> Names => ListNames();

    /// <summary>Whether a holder of this set holds all of <paramref name="required"/>, implied names included.</summary>
    /// <remarks>
    /// Allocates nothing when <paramref name="required"/> comes from <see cref="CapabilityVocabulary.Require"/>. The empty set is always covered;
    /// a set of another vocabulary never is, because its names may mean something else.
    /// </remarks>
    public bool Covers(CapabilitySet required)
    {
        if (required.IsEmpty)
        {
            return true;
        }

        if (_vocabulary is null || !ReferenceEquals(_vocabulary, required._vocabulary))
        {
            return false;
        }

        var index = _vocabulary.Index;
        for (var word = 0; word < required._bits!.Length; word++)
        {
            for (var rest = required._bits[word]; rest != 0; rest &= rest - 1)
            {
                if (!Holds(index, index.CoveredBy[(word * 64) + BitOperations.TrailingZeroCount(rest)]))
                {
                    return false;
                }
            }
        }

        return required._unindexed is null || CoversUnindexed(required._unindexed);
    }

    /// <summary>Everything that either set holds.</summary>
    /// <exception cref="ArgumentException">The sets belong to different vocabularies.</exception>
    public CapabilitySet Union(CapabilitySet other)
    {
        if (other.IsEmpty)
        {
            return this;
        }

        if (IsEmpty)
        {
            return other;
        }

        if (!ReferenceEquals(_vocabulary, other._vocabulary))
        {
            throw new ArgumentException("Sets of different vocabularies cannot be united.", nameof(other));
        }

        var (longer, shorter) = _bits!.Length >= other._bits!.Length ? (_bits, other._bits) : (other._bits, _bits);
        var bits = (ulong[])longer.Clone();
        for (var word = 0; word < shorter.Length; word++)
        {
            bits[word] |= shorter[word];
        }

        return new(_vocabulary!, bits, SortedDistinct([.. _unindexed ?? [], .. other._unindexed ?? []]));
    }

    /// <summary>Whether both sets were made of the same names in the same vocabulary. Sets that merely cover each other are not equal.</summary>
    public bool Equals(CapabilitySet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return IsEmpty && other.IsEmpty;
        }

        return ReferenceEquals(_vocabulary, other._vocabulary) && ListNames().AsSpan().SequenceEqual(other.ListNames());
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CapabilitySet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in ListNames())
        {
            hash.Add(name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The names, separated by a space, as in an OAuth <c>scope</c>.</summary>
    public override string ToString() => string.Join(' ', ListNames());

    /// <summary>Whether both sets were made of the same names.</summary>
    public static bool operator ==(CapabilitySet left, CapabilitySet right) => left.Equals(right);

    /// <summary>Whether the sets were made of different names.</summary>
    public static bool operator !=(CapabilitySet left, CapabilitySet right) => !left.Equals(right);

    internal static string[] SortedDistinct(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private bool Holds(CapabilityIndex index, ulong[] coveredBy)
    {
        var words = Math.Min(_bits!.Length, coveredBy.Length);
        for (var word = 0; word < words; word++)
        {
            if ((_bits[word] & coveredBy[word]) != 0)
            {
                return true;
            }
        }

        return _unindexed is not null && HoldsByName(index, coveredBy);
    }

    /// <summary>A name without a bit in this set may have been interned since, as a wider form of what is now required.</summary>
    private bool HoldsByName(CapabilityIndex index, ulong[] coveredBy)
    {
        for (var word = 0; word < coveredBy.Length; word++)
        {
            for (var rest = coveredBy[word]; rest != 0; rest &= rest - 1)
            {
                var name = index.Names[(word * 64) + BitOperations.TrailingZeroCount(rest)];
                if (Array.BinarySearch(_unindexed!, name, StringComparer.Ordinal) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool CoversUnindexed(string[] required)
    {
        var held = ListNames();
        foreach (var name in required)
        {
            if (!_vocabulary!.CoveringNames(name).Any(wider => Array.BinarySearch(held, wider, StringComparer.Ordinal) >= 0))
            {
                return false;
            }
        }

        return true;
    }

    private string[] ListNames()
    {
        if (_vocabulary is null)
        {
            return [];
        }

        var index = _vocabulary.Index;
        var names = new List<string>(_unindexed ?? []);
        for (var word = 0; word < _bits!.Length; word++)
        {
            for (var rest = _bits[word]; rest != 0; rest &= rest - 1)
            {
                names.Add(index.Names[(word * 64) + BitOperations.TrailingZeroCount(rest)]);
            }
        }

        return SortedDistinct(names);
    }
}
