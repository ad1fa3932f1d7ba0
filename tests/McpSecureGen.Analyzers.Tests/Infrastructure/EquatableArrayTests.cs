using System.Collections.Immutable;
using CsCheck;
using McpSecureGen.Analyzers.Infrastructure;

namespace McpSecureGen.Analyzers.Tests.Infrastructure;

public sealed class EquatableArrayTests
{
    [Fact]
    public void Given_equal_contents_Are_equal_with_equal_hashes() => Gen.String.Array.Sample(items =>
    {
        var left = new EquatableArray<string>(items);
        var right = new EquatableArray<string>(items.ToImmutableArray());
        return left == right && left.Equals((object)right) && left.GetHashCode() == right.GetHashCode();
    });

    [Fact]
    public void Given_two_contents_Are_equal_exactly_when_the_sequences_are() => Gen.Select(Gen.Int[0, 2].Array[0, 3], Gen.Int[0, 2].Array[0, 3]).Sample(pair =>
        new EquatableArray<int>(pair.Item1) == new EquatableArray<int>(pair.Item2) == pair.Item1.SequenceEqual(pair.Item2));

    [Fact]
    public void Given_default_value_Is_empty()
    {
        Assert.Equal(EquatableArray<string>.Empty, default);
        Assert.Empty(default(EquatableArray<string>));
    }
}
