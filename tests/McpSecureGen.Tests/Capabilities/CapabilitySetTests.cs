using CsCheck;
using McpSecureGen.Capabilities;

namespace McpSecureGen.Tests.Capabilities;

public sealed class CapabilitySetTests
{
    private static readonly string[] Roots = ["k:a", "k:b", "k:c"];

    /// <summary>Names over a small alphabet, so that forms and implications meet often.</summary>
    private static readonly Gen<string> Name =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1].Array[0, 3], (root, parts) => string.Join('/', [Roots[root], .. parts.Select(part => $"{part}")]));

    [Fact]
    public void Grants_cover_the_same_whether_made_before_or_after_the_names_were_required()
    {
        Gen.Select(Name.Array[0, 3], Name.Array[0, 2], Gen.Select(Name, Name).Array[0, 3]).Sample((held, required, pairs) =>
        {
            DefineCapabilityAttribute[] definitions =
            [
                .. Roots.Concat(pairs.Select(pair => pair.Item1)).Distinct().Select(name => new DefineCapabilityAttribute(name)
                {
                    Implies = [.. pairs.Where(pair => pair.Item1 == name).Select(pair => pair.Item2)],
                }),
            ];
            var early = CapabilityVocabulary.Create(definitions);
            var before = early.SetOf(held);
            var alsoBefore = early.SetOf(held.Take(1)).Union(early.SetOf(held.Skip(1)));
            var needed = early.Require("ns", required).Capabilities;
            var after = early.SetOf(held);

            Assert.Equal(before, after);
            Assert.Equal(before, alsoBefore);
            Assert.Equal(before.GetHashCode(), after.GetHashCode());
            var expected = required.All(name => held.Any(grant => Reaches(grant, name, definitions)));
            Assert.Equal(expected, before.Covers(needed));
            Assert.Equal(expected, alsoBefore.Covers(needed));
            Assert.Equal(expected, after.Covers(needed));
            Assert.Equal(expected, before.Covers(early.SetOf(required)));

            // A set of names no one required is judged by name.
            var fresh = CapabilityVocabulary.Create(definitions);
            Assert.Equal(expected, fresh.SetOf(held).Covers(fresh.SetOf(required)));
        }, iter: 3000);
    }

    [Fact]
    public void Grants_cover_rightly_while_other_threads_add_names()
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var wide = vocabulary.SetOf(["read:files"]);
        var narrow = vocabulary.SetOf(["read:files/3/7"]);
        var wrong = 0;
        Parallel.For(0, 400, number =>
        {
            var group = number % 8;
            var required = vocabulary.Require("ns", [$"read:files/{group}/{number}", $"read:files/{group}/7/{number}"]).Capabilities;
            var both = vocabulary.Require("ns", [$"read:files/3/7/{number}"]).Capabilities;
            if (!wide.Covers(required) || narrow.Covers(required) || !narrow.Covers(both) || !vocabulary.SetOf(["read:files/3"]).Covers(both))
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Tokens_with_ever_new_qualifiers_do_not_grow_the_vocabulary()
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var names = vocabulary.Index.Names.Length;
        for (var number = 0; number < 1000; number++)
        {
            vocabulary.SetOf([$"read:files/{number}"]).Covers(vocabulary.SetOf([$"read:files/{number}/x"]));
        }

        Assert.Equal(names, vocabulary.Index.Names.Length);
    }

    [Fact]
    public void More_than_64_names_are_told_apart()
    {
        var names = Enumerable.Range(0, 200).Select(number => $"own:thing-{number}").ToArray();
        var vocabulary = CapabilityVocabulary.Create(names.Select(name => new DefineCapabilityAttribute(name)));
        foreach (var name in names)
        {
            var required = vocabulary.Require("ns", [name]).Capabilities;
            Assert.True(vocabulary.SetOf([name]).Covers(required));
            Assert.False(vocabulary.SetOf(names.Except([name])).Covers(required));
        }
    }

    [Fact]
    public void Empty_sets_are_equal_and_cover_only_nothing()
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var unknown = vocabulary.SetOf(["no:such", "READ:FILES", ""]);
        var held = vocabulary.SetOf(["read:files"]);

        Assert.True(unknown.IsEmpty);
        Assert.True(default(CapabilitySet).IsEmpty);
        Assert.Equal(default, unknown);
        Assert.Equal(default(CapabilitySet).GetHashCode(), unknown.GetHashCode());
        Assert.True(held.Covers(default));
        Assert.False(unknown.Covers(held));
        Assert.Equal(held, unknown.Union(held));
        Assert.Equal(held, held.Union(default));
        Assert.NotEqual(held, unknown);
        Assert.Equal("read:files", held.ToString());
    }

    [Fact]
    public void Sets_of_different_vocabularies_do_not_mix()
    {
        var one = CapabilityVocabulary.Create([]).SetOf(["read:files"]);
        var other = CapabilityVocabulary.Create([]).SetOf(["read:files"]);

        Assert.False(one.Covers(other));
        Assert.NotEqual(one, other);
        Assert.Throws<ArgumentException>(() => one.Union(other));
    }

    /// <summary>The hierarchy as its definition says it, without masks: follow forms and implications from the grant.</summary>
    private static bool Reaches(string grant, string name, DefineCapabilityAttribute[] definitions)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([grant]);
        while (open.TryDequeue(out var next))
        {
            if (next == name || name.StartsWith(next + "/", StringComparison.Ordinal))
            {
                return true;
            }

            if (reached.Add(next))
            {
                foreach (var definition in definitions.Where(d => d.Name == next || d.Name.StartsWith(next + "/", StringComparison.Ordinal)))
                {
                    Array.ForEach(definition.Implies, open.Enqueue);
                }
            }
        }

        return false;
    }
}
