using System.Net.Sockets;
using System.Text.Json;

namespace McpSecureGen.Tests.Validation.Paths;

public sealed class ConfinedPathTests
{
    public static TheoryData<string> Resolvers => ConfinedFolder.Resolvers;

    [Theory, MemberData(nameof(Resolvers))]
    public async Task Given_an_ordinary_file_When_used_in_every_way_Then_each_works(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "sub/");
        var file = place.Argument("sub/new file.txt");
        Assert.Equal(("sub/new file.txt", "new file.txt", PathKind.Missing, false), (file.Relative, file.Name, file.Kind, file.Exists));
        file.WriteAllText("one");
        Assert.Equal(("one", PathKind.File, true), (file.ReadAllText(), file.Kind, file.Exists));
        await file.WriteAllTextAsync("zwei, 二", TestContext.Current.CancellationToken);
        Assert.Equal("zwei, 二", await file.ReadAllTextAsync(cancellationToken: TestContext.Current.CancellationToken));
        file.WriteAllBytes([0xEF, 0xBB, 0xBF, (byte)'x']);
        Assert.Equal("x", file.ReadAllText());
        Assert.Equal(4, (await file.ReadAllBytesAsync(cancellationToken: TestContext.Current.CancellationToken)).Length);
        using (var stream = file.Open(FileMode.Append, FileAccess.Write))
        {
            stream.Write("yz"u8);
        }

        Assert.Equal("xyz", file.ReadAllText());
        using (var stream = file.Open(FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Seek(3, SeekOrigin.Begin); // After the byte order mark.
            stream.Write("X"u8);
            stream.Seek(0, SeekOrigin.Begin);
            Assert.Equal("Xyz", new StreamReader(stream).ReadToEnd());
        }

        var info = file.GetInfo();
        Assert.Equal((PathKind.File, 6L), (info.Kind, info.Length!.Value));
        Assert.True((DateTimeOffset.UtcNow - info.Modified).Duration() < TimeSpan.FromMinutes(1));

        var copy = place.Argument("copy.txt");
        file.CopyTo(copy);
        Assert.Equal("Xyz", copy.ReadAllText());
        Assert.Throws<IOException>(() => file.CopyTo(copy));
        file.CopyTo(copy, overwrite: true);
        var moved = place.Argument("moved.txt");
        copy.MoveTo(moved);
        Assert.False(copy.Exists);
        Assert.Throws<IOException>(() => file.MoveTo(moved));
        file.MoveTo(moved, overwrite: true);
        moved.Delete();
        Assert.False(moved.Exists);
        Assert.Throws<FileNotFoundException>(moved.Delete);
        Assert.Throws<FileNotFoundException>(() => moved.ReadAllText());
        Assert.Empty(Directory.EnumerateFiles(place.Root, "*", SearchOption.AllDirectories));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_folders_When_made_listed_and_removed_Then_links_stay_links(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "sub/b.txt", "sub/a.txt", "sub/out => ../../", "sub/in => .", "sub/deep/c.md", "sub/.git/x");
        place.Top.Combine("made/of/three").CreateFolder();
        place.Top.Combine("made/of/three").CreateFolder();
        Assert.True(Directory.Exists(place.OnDisk("made/of/three")));
        var folder = place.Argument("sub");
        Assert.Equal(["sub/.git", "sub/a.txt", "sub/b.txt", "sub/deep", "sub/in", "sub/out"], folder.Enumerate().Select(static entry => entry.Relative));
        Assert.Equal(PathKind.Link, folder.Combine("out").Kind);
        Assert.Equal(
            ["sub/.git", "sub/.git/x", "sub/a.txt", "sub/b.txt", "sub/deep", "sub/deep/c.md", "sub/in", "sub/out"],
            folder.Enumerate(recursive: true).Select(static entry => entry.Relative));
        Assert.Equal(["sub/deep/c.md"], folder.Enumerate("*.md", recursive: true).Select(static entry => entry.Relative));
        Assert.Throws<PathRefusedException>(() => folder.Combine("out").Enumerate().ToArray());
        Assert.Throws<PathRefusedException>(() => folder.Combine("../sub"));
        Assert.ThrowsAny<IOException>(() => folder.Delete());
        folder.DeleteRecursively();
        Assert.False(folder.Exists);
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "outside.txt")));
        Assert.Throws<PathRefusedException>(() => place.Top.DeleteRecursively());
        Assert.Throws<PathRefusedException>(() => place.Top.Delete());
        Assert.True(Directory.Exists(place.Root));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_name_below_a_file_When_asked_for_Then_nothing_stands_there(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a.txt", "out => ../outside.txt");
        var below = place.Top.Combine("a.txt/b");
        Assert.Equal((false, PathKind.Missing), (below.Exists, below.Kind));
        Assert.Throws<FileNotFoundException>(() => below.GetInfo());
        Assert.Throws<DirectoryNotFoundException>(() => below.ReadAllText());
        Assert.Throws<DirectoryNotFoundException>(() => below.WriteAllText("x"));
        Assert.ThrowsAny<IOException>(() => place.Top.Combine("out").Exists); // What lies outside is not told.
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_folders_as_deep_as_a_caller_can_make_them_When_removed_recursively_Then_they_are(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "deep/a/b/c.txt", "kept/k.txt");
        var deep = string.Join('/', Enumerable.Repeat("d", 500));
        place.Argument("deep").Combine(deep).CreateFolder();
        place.Argument("deep").Combine(deep).Combine(deep[..200]).CreateFolder();
        place.Argument("deep").DeleteRecursively();
        Assert.Equal(["kept"], Directory.EnumerateFileSystemEntries(place.Root).Select(Path.GetFileName));
        Assert.Equal("kept/k.txt", place.Read("kept/k.txt"));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_link_to_a_folder_outside_When_removed_recursively_Then_the_folder_outside_stays(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "sub/");
        Directory.CreateDirectory(Path.Combine(place.Base, "other"));
        File.WriteAllText(Path.Combine(place.Base, "other", "kept.txt"), "secret");
        File.CreateSymbolicLink(place.OnDisk("sub/other"), Path.Combine(place.Base, "other"));
        File.CreateSymbolicLink(place.OnDisk("straight"), Path.Combine(place.Base, "other"));
        Assert.ThrowsAny<IOException>(() => place.Top.Combine("straight").DeleteRecursively());
        place.Top.Combine("straight").Delete();
        place.Top.Combine("sub").DeleteRecursively();
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "other", "kept.txt")));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_pipes_sockets_and_devices_When_opened_Then_they_are_refused_and_nothing_waits(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "zero => /dev/zero", "to-pipe => pipe");
        place.Pipe("pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(place.OnDisk("s")));
        foreach (var name in (string[])["pipe", "to-pipe", "s", "zero"])
        {
            var path = place.Top.Combine(name);
            Assert.Null(place.TryArgument(name, out _));
            foreach (var access in (FileAccess[])[FileAccess.Read, FileAccess.Write, FileAccess.ReadWrite])
            {
                Assert.Throws<PathRefusedException>(() => path.Open(FileMode.Open, access));
                Assert.Throws<PathRefusedException>(() => path.Open(FileMode.OpenOrCreate, access));
            }

            if (name is "pipe" or "s")
            {
                Assert.Equal(PathKind.Special, path.Kind);
                Assert.Throws<PathRefusedException>(() => path.WriteAllText("x"));
            }
        }
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_hard_link_to_a_file_outside_When_read_or_written_Then_it_is_refused_unless_declared(string resolver)
    {
        using var place = new ConfinedFolder(resolver);
        place.HardLink("hard.txt", Path.Combine(place.Base, "outside.txt"));
        var path = place.Top.Combine("hard.txt");
        Assert.Null(place.TryArgument("hard.txt", out var fault));
        Assert.Contains("hard link", fault, StringComparison.Ordinal);
        Assert.Throws<PathRefusedException>(() => path.ReadAllText());
        Assert.Throws<PathRefusedException>(() => path.WriteAllText("x"));
        Assert.Throws<PathRefusedException>(() => path.Open(FileMode.Create, FileAccess.Write));
        Assert.Throws<PathRefusedException>(() => path.Open(FileMode.Truncate, FileAccess.Write));
        Assert.Throws<PathRefusedException>(() => path.CopyTo(place.Top.Combine("copy.txt")));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "outside.txt")));
        Assert.Equal("secret", place.Argument("hard.txt", static a => a.AllowHardLinks = true).ReadAllText());
        path.Delete(); // Removes the name inside, and nothing else.
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "outside.txt")));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public async Task Given_a_bound_When_a_file_is_longer_or_grows_Then_reading_stops(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "f");
        var path = place.Argument("f", static a => a.MaxBytes = 1000);
        path.WriteAllBytes(new byte[1000]);
        Assert.Equal(1000, path.ReadAllBytes().Length);
        Assert.Throws<PathRefusedException>(() => path.ReadAllBytes(999));
        Assert.Throws<PathRefusedException>(() => path.WriteAllBytes(new byte[1001]));
        Assert.Equal(1000, new FileInfo(place.OnDisk("f")).Length);
        File.WriteAllBytes(place.OnDisk("f"), new byte[1001]);
        Assert.Throws<PathRefusedException>(() => path.OpenRead());
        Assert.Throws<PathRefusedException>(() => path.CopyTo(place.Top.Combine("g")));

        // A file that another keeps on writing: 64 KiB at most, however long it gets.
        File.WriteAllBytes(place.OnDisk("f"), []);
        var growing = place.Argument("f", static a => a.MaxBytes = 65_536);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(
            () =>
            {
                using var file = new FileStream(place.OnDisk("f"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                while (!stop.IsCancellationRequested && file.Length < 50_000_000)
                {
                    file.Write(new byte[16_384]);
                    file.Flush();
                }
            },
            TestContext.Current.CancellationToken);
        var longest = 0;
        Exception? refusal = null;
        while (refusal is null)
        {
            refusal = await Record.ExceptionAsync(async () => longest = Math.Max(longest, (await growing.ReadAllBytesAsync()).Length));
        }

        await stop.CancelAsync();
        await writer;
        Assert.IsType<PathRefusedException>(refusal);
        Assert.True(longest <= 65_536);
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_extensions_When_opened_Then_the_name_and_no_link_must_carry_one(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a.txt", "run.exe", "shown.txt => run.exe");
        static void Text(SafePathAttribute a) => a.Extensions = [".txt"];
        Assert.Equal("a.txt", place.Argument("a.txt", Text).ReadAllText());
        Assert.Null(place.TryArgument("run.exe", out _, Text));
        Assert.Throws<PathRefusedException>(() => place.Argument("shown.txt", Text).ReadAllText());
        Assert.Throws<PathRefusedException>(() => place.Argument("shown.txt", Text).Open(FileMode.Create, FileAccess.Write));
        Assert.Equal("run.exe", place.Read("run.exe"));
        Assert.Throws<PathRefusedException>(() => place.Argument("a.txt").MoveTo(place.Argument("b.txt", Text).Combine("c.exe")));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_dangling_link_When_created_Then_only_what_lies_inside_appears(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "out => ../created", "absolute => $ABS/../created", "in => created", "up => ../../created");
        foreach (var name in (string[])["out", "absolute", "up"])
        {
            Assert.Throws<PathRefusedException>(() => place.Top.Combine(name).Open(FileMode.Create, FileAccess.Write));
            Assert.Throws<PathRefusedException>(() => place.Top.Combine(name).Open(FileMode.OpenOrCreate, FileAccess.Write));
            Assert.ThrowsAny<IOException>(() => place.Top.Combine(name).Open(FileMode.CreateNew, FileAccess.Write));
            Assert.Null(place.TryArgument(name, out _));
        }

        place.Top.Combine("in").Open(FileMode.Create, FileAccess.Write).Dispose();
        Assert.True(File.Exists(place.OnDisk("created")));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(place.Base).Count());
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_loops_and_long_chains_When_followed_Then_they_end(string resolver)
    {
        string[] chain = [.. Enumerable.Range(0, 45).Select(static index => $"l{index} => l{index + 1}"), "l45", "one => two", "two => one", "many => .", "d/self => ../d"];
        using var place = new ConfinedFolder(resolver, chain);
        Assert.Throws<PathRefusedException>(() => place.Top.Combine("one").ReadAllText());
        Assert.Throws<PathRefusedException>(() => place.Top.Combine("l0").ReadAllText());
        Assert.Equal("l45", place.Top.Combine("l10").ReadAllText());
        Assert.Equal("l45", place.Top.Combine(string.Concat(Enumerable.Repeat("many/", 30)) + "l45").ReadAllText());
        Assert.Throws<PathRefusedException>(() => place.Top.Combine(string.Concat(Enumerable.Repeat("many/", 50)) + "l45").ReadAllText());
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_the_root_renamed_replaced_or_removed_meanwhile_When_used_Then_the_held_folder_decides(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a.txt");
        var path = place.Argument("a.txt");
        Directory.Move(place.Root, place.Root + ".moved");
        File.CreateSymbolicLink(place.Root, place.Base); // An attacker's root: everything outside would lie in it.
        File.WriteAllText(Path.Combine(place.Base, "a.txt"), "secret");
        Assert.Equal("a.txt", path.ReadAllText());
        path.WriteAllText("new");
        Assert.Equal("new", File.ReadAllText(Path.Combine(place.Root + ".moved", "a.txt")));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "a.txt")));
        Directory.Delete(place.Root + ".moved", recursive: true);
        Assert.ThrowsAny<IOException>(() => path.ReadAllText());
        Assert.ThrowsAny<IOException>(() => path.WriteAllText("x"));
        Assert.ThrowsAny<IOException>(() => place.Top.Combine("f").CreateFolder());
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "a.txt")));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_name_that_differs_by_case_When_renamed_Then_it_is(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "readme.md");
        place.Top.Combine("readme.md").MoveTo(place.Top.Combine("README.md"));
        Assert.Equal(["README.md"], place.Top.Enumerate().Select(static entry => entry.Name));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_another_file_of_that_name_without_case_When_moved_Then_it_is_not_replaced(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a/readme", "A/README");
        Assert.SkipWhen(File.Exists(place.OnDisk("a/README")), "This file system ignores case.");
        foreach (var (name, content) in (ReadOnlySpan<(string, string)>)[("a/readme", "ours"), ("A/README", "hers")])
        {
            // Equal in everything but their content, as files of one archive are.
            File.WriteAllText(place.OnDisk(name), content);
            File.SetLastWriteTimeUtc(place.OnDisk(name), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Throws<IOException>(() => place.Argument("a/readme").MoveTo(place.Argument("A/README")));
        Assert.Equal(("ours", "hers"), (place.Read("a/readme"), place.Read("A/README")));
        place.Argument("a/readme").MoveTo(place.Argument("A/README"), overwrite: true);
        Assert.Equal("ours", place.Read("A/README"));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_declaration_for_reading_or_a_read_only_root_When_changed_Then_it_is_refused(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a.txt", "sub/");
        var reading = place.Argument("a.txt", static a => a.Access = PathAccess.Read);
        var reference = new ConfinedRoots(place.Roots).Get("REFERENCE");
        foreach (var path in (ConfinedPath[])[reading, reference.Combine("a.txt")])
        {
            Assert.Equal("a.txt", path.ReadAllText());
            Assert.Throws<PathRefusedException>(() => path.WriteAllText("x"));
            Assert.Throws<PathRefusedException>(() => path.Open(FileMode.Open, FileAccess.Write));
            Assert.Throws<PathRefusedException>(() => path.Open(FileMode.Open, FileAccess.ReadWrite));
            Assert.Throws<PathRefusedException>(() => path.Open(FileMode.OpenOrCreate, FileAccess.Read));
            Assert.Throws<PathRefusedException>(path.Delete);
            Assert.Throws<PathRefusedException>(path.DeleteRecursively);
            Assert.Throws<PathRefusedException>(() => path.MoveTo(place.Top.Combine("b")));
            Assert.Throws<PathRefusedException>(() => place.Top.Combine("a.txt").MoveTo(path, overwrite: true));
            Assert.Throws<PathRefusedException>(() => place.Top.Combine("a.txt").CopyTo(path, overwrite: true));
        }

        Assert.Throws<PathRefusedException>(() => reference.Combine("new").CreateFolder());
        Assert.Throws<PathRefusedException>(() => reference.ExtractArchive(new MemoryStream()));
        Assert.Null(place.TryArgument("a.txt", out _, static a => a.Root = "reference"));
        Assert.Equal("a.txt", place.Read("a.txt"));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_file_that_is_replaced_When_written_whole_Then_its_permissions_stay_and_no_draft_is_left(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "run.sh", "folder/x");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(place.OnDisk("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        place.Top.Combine("run.sh").WriteAllText("#!");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(place.OnDisk("run.sh")));
        Assert.ThrowsAny<IOException>(() => place.Top.Combine("folder").WriteAllText("x"));
        Assert.ThrowsAny<IOException>(() => place.Top.Combine("missing/x").WriteAllText("x"));
        Assert.Equal(["folder", "folder/x", "run.sh"], place.Top.Enumerate(recursive: true).Select(static entry => entry.Relative));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_names_that_no_argument_can_say_When_listed_Then_they_are_left_out_and_still_removed(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "d/ok.txt", "d/a\\b", "d/line\nbreak", "d/stream:x", "d/trailing.", "d/CON");
        Assert.Equal(["d/ok.txt"], place.Top.Combine("d").Enumerate().Select(static entry => entry.Relative));
        place.Top.Combine("d").DeleteRecursively();
        Assert.Empty(place.Top.Enumerate());
    }

    [Fact]
    public void Given_a_path_that_no_rule_has_checked_When_used_Then_every_operation_throws()
    {
        var path = JsonSerializer.Deserialize<ConfinedPath>("\"a.txt\"")!;
        Action[] operations =
        [
            () => _ = path.Relative, () => _ = path.Name, () => _ = path.Kind, () => _ = path.Exists, () => path.GetInfo(), () => path.Combine("x"), () => path.OpenRead(),
            () => path.Open(FileMode.Create, FileAccess.Write), () => path.ReadAllBytes(), () => path.ReadAllText(), () => path.WriteAllBytes([]), () => path.WriteAllText(""),
            () => path.CreateFolder(), () => path.Delete(), () => path.DeleteRecursively(), () => path.MoveTo(path), () => path.CopyTo(path), () => path.Enumerate(),
            () => path.ExtractArchive(Stream.Null),
        ];
        foreach (var operation in operations)
        {
            Assert.Throws<InvalidOperationException>(operation);
        }

        Assert.Equal("\"a.txt\"", JsonSerializer.Serialize(path));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_modes_that_contradict_When_opened_Then_nothing_happens(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a");
        Assert.Throws<ArgumentException>(() => place.Top.Combine("a").Open(FileMode.Create, FileAccess.Read));
        Assert.Throws<ArgumentException>(() => place.Top.Combine("a").Open(FileMode.Append, FileAccess.Read));
        Assert.Throws<ArgumentException>(() => place.Top.Combine("a").Open((FileMode)99, FileAccess.Read));
        Assert.Equal("a", place.Read("a"));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_no_errors_of_a_host_path_When_refused_Then_no_message_names_the_host(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "out => ../outside.txt", "sub/");
        Action[] refused =
        [
            () => place.Top.Combine("out").ReadAllText(), () => place.Top.Combine("none").ReadAllText(), () => place.Top.Combine("sub").ReadAllText(),
            () => place.Top.Combine("sub").WriteAllText(""), () => place.Top.Combine("none/x").WriteAllText(""), () => place.Top.Combine("none").Delete(),
            () => place.Top.Combine(new string('x', 300)).WriteAllText(""), () => place.Top.Combine("out/x").CreateFolder(),
        ];
        foreach (var operation in refused)
        {
            Assert.DoesNotContain(place.Base, Assert.ThrowsAny<IOException>(operation).Message, StringComparison.Ordinal);
        }
    }
}
