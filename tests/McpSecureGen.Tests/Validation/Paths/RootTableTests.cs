namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>
/// The behaviour that Go documents for <c>os.Root</c> (src/os/root_test.go, 25 layouts), written anew from what each layout means, for each kind of
/// operation. One difference is meant: <c>..</c> in an argument is lexical here, as it is on Windows there.
/// </summary>
public sealed class RootTableTests
{
    /// <param name="Layout">See <see cref="ConfinedFolder"/>.</param>
    /// <param name="Ask">What is asked for.</param>
    /// <param name="Target">What that is, links followed; null when the answer must be no.</param>
    /// <param name="Link">The link that stands at the end, not followed.</param>
    /// <param name="LinkHolder">A place the refused request would have reached.</param>
    private sealed record Row(string[] Layout, string Ask, string? Target, string? Link = null, string? LinkHolder = null);

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["a plain name"] = new([], "target", "target"),
        ["a name in folders"] = new(["a/b/c/"], "a/b/c/target", "a/b/c/target"),
        ["a link"] = new(["link => target"], "link", "target", "link"),
        ["a link to the folder above"] = new(["link => ../"], "link", null, "link"),
        ["a link that ends in a separator"] = new(["dir/", "link => dir/"], "link/target", "dir/target"),
        ["a separator after a link to a file that leaves and returns"] = new(["link => ../ROOT/target"], "link/", null, "link", "target"),
        ["a separator after a link to a folder that leaves and returns"] = new(["link => ../ROOT/target", "target/"], "link/", null, "link"),
        ["a link two folders up"] = new(["dir/link => ../../"], "dir/link", null, "dir/link"),
        ["a chain of links"] = new(["link => a/b/c/target", "a/b => e", "a/e => ../f", "f => g/h/i", "g/h/i => ..", "g/c/"], "link", "g/c/target", "link"),
        ["a path with dots"] = new(["a/b/"], "./a/./b/./target", "a/b/target"),
        ["a path with double dots"] = new(["a/b/"], "a/../a/b/../../a/b/../b/target", "a/b/target"),
        ["the folder above"] = new([], "../", null),
        ["the folder above through another"] = new(["a/"], "a/../../", null),
        ["double dots after a folder"] = new(["a/"], "a/../target", "target"),
        ["double dots after a link"] = new(["a => b/c", "b/c/"], "a/../target", "target"),
        ["double dots before a link"] = new(["a => b/c", "b/c/"], "b/../a/target", "b/c/target"),
        ["a link that ends in a dot"] = new(["a => b/.", "b/"], "a/target", "b/target"),
        ["a folder that is not there"] = new([], "a/file", null),
        ["nothing at all"] = new([], "", null),
        ["a link to itself"] = new(["a => a"], "a", null, "a"),
        ["out and back"] = new([], "../ROOT/target", null, null, "target"),
        ["a long way out and back"] = new(["a/"], "a/../../ROOT/target", null, null, "target"),
        ["an absolute link"] = new(["link => $ABS/target"], "link", null, "link", "target"),
        ["a link that leaves and returns"] = new(["link => ../ROOT/target"], "link", null, "link", "target"),
        ["a chain of links that leaves and returns"] = new(["link => a/b/c/target", "a/b => e", "a/e => ../../ROOT", "c/"], "link", null, "link", "c/target"),
    };

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var resolver in (string[])["openat2", "walk"])
        {
            foreach (var name in Rows.Keys)
            {
                data.Add(resolver, name);
            }
        }

        return data;
    }

    [Fact]
    public void Given_the_table_When_counted_Then_it_has_25_rows() => Assert.Equal(25, Rows.Count);

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_a_file_is_read_Then_it_is_the_target_or_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, static path => File.WriteAllText(path, "target"));
        Judge(row, () => Assert.Equal("target", place.Top.Combine(row.Ask).ReadAllText()));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_a_folder_is_listed_Then_it_is_the_target_or_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, static path => File.WriteAllText(Path.Combine(Directory.CreateDirectory(path).FullName, "found"), ""));
        Judge(row, () => Assert.Equal(["found"], place.Top.Combine(row.Ask).Enumerate().Select(static entry => entry.Name).ToArray()));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_a_file_is_created_Then_it_is_the_target_or_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, null);
        Judge(row, () =>
        {
            using (var stream = place.Top.Combine(row.Ask).Open(FileMode.Create, FileAccess.Write))
            {
                stream.Write("target"u8);
            }

            Assert.Equal("target", place.Read(row.Target!));
        });
        AssertNothingReached(place, row);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_a_file_is_written_whole_Then_it_is_the_target_or_takes_the_place_of_the_link_or_is_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, null);

        // The new file takes the place of a link at the end, wherever that leads.
        var written = row.Link is null ? row : row with { Target = row.Link };
        Judge(written, () =>
        {
            place.Top.Combine(row.Ask).WriteAllText("target");
            Assert.Equal("target", place.Read(written.Target!));
            Assert.Null(new FileInfo(place.OnDisk(written.Target!)).LinkTarget);
        });
        AssertNothingReached(place, row);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_a_folder_is_made_Then_it_is_the_target_or_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, null);

        // A link in its place is no folder; folders above that are missing are made.
        var made = row.Link is not null ? row with { Target = null } : name == "a folder that is not there" ? row with { Target = "a/file" } : row;
        if (name == "a separator after a link to a folder that leaves and returns")
        {
            made = row with { Target = null };
        }

        Judge(made, () =>
        {
            place.Top.Combine(row.Ask).CreateFolder();
            Assert.True(Directory.Exists(place.OnDisk(made.Target!)));
        });
        AssertNothingReached(place, row);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_a_file_is_deleted_Then_the_link_or_the_file_goes_and_no_other(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, static path => File.WriteAllText(path, "target"));

        // What goes is the link itself, also where it leads out.
        var removed = row.Link is null ? row : row with { Target = row.Link };
        Judge(removed, () =>
        {
            place.Top.Combine(row.Ask).Delete();
            Assert.False(Path.Exists(place.OnDisk(removed.Target!)) || new FileInfo(place.OnDisk(removed.Target!)).LinkTarget is not null);
        });
        foreach (var kept in new[] { row.LinkHolder, row.Link is null ? null : row.Target }.OfType<string>())
        {
            Assert.True(File.Exists(place.OnDisk(kept)), kept);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_looked_at_Then_it_is_the_target_or_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, static path => File.WriteAllText(path, "target"));
        Judge(row, () => Assert.True(place.Top.Combine(row.Ask).Exists), emptyIsRefusal: true);
        if (row.Link is not null)
        {
            Assert.Equal(PathKind.Link, place.Top.Combine(row.Ask).Kind);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_renamed_Then_the_link_or_the_file_moves_and_no_other(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, static path => File.WriteAllText(path, "target"));
        var moved = row.Link is null ? row : row with { Target = row.Link };
        Judge(moved, () =>
        {
            place.Top.Combine(row.Ask).MoveTo(place.Top.Combine("moved"));
            Assert.Equal(row.Link is null ? PathKind.File : PathKind.Link, place.Top.Combine("moved").Kind);
            Assert.False(Path.Exists(place.OnDisk(moved.Target!)));
        });
        foreach (var kept in new[] { row.LinkHolder, row.Link is null ? null : row.Target }.OfType<string>())
        {
            Assert.True(File.Exists(place.OnDisk(kept)), kept);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_a_layout_When_something_is_renamed_to_it_Then_it_takes_the_place_or_is_refused(string resolver, string name)
    {
        using var place = Prepare(resolver, name, out var row, null);
        File.WriteAllText(place.OnDisk("source"), "target");
        var written = row.Link is null ? row : row with { Target = row.Link };
        Judge(written, () =>
        {
            place.Top.Combine("source").MoveTo(place.Top.Combine(row.Ask), overwrite: true);
            Assert.Equal("target", place.Read(written.Target!));
        });
        AssertNothingReached(place, row);
    }

    private static ConfinedFolder Prepare(string resolver, string name, out Row row, Action<string>? make)
    {
        row = Rows[name];
        var place = new ConfinedFolder(resolver, row.Layout);
        if ((row.Target ?? row.LinkHolder) is { } target)
        {
            make?.Invoke(place.OnDisk(target));
        }

        return place;
    }

    private static void Judge(Row row, Action operation, bool emptyIsRefusal = false)
    {
        if (row.Target is not null)
        {
            operation();
        }
        else
        {
            var refusal = Record.Exception(operation);
            Assert.True(refusal is IOException || (emptyIsRefusal && refusal is Xunit.Sdk.TrueException), $"{refusal?.GetType().Name ?? "nothing"} instead of a refusal");
        }
    }

    private static void AssertNothingReached(ConfinedFolder place, Row row)
    {
        if (row.LinkHolder is { } reached)
        {
            Assert.False(Path.Exists(place.OnDisk(reached)));
        }

        Assert.Equal(["ROOT", "outside.txt"], Directory.EnumerateFileSystemEntries(place.Base).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "outside.txt")));
    }
}
