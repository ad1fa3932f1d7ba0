using McpSecureGen.Hosting;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Paths;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>The check itself breaks, and the answer is no.</summary>
public sealed class BrokenCheckTests
{
    public static TheoryData<string> Resolvers => ConfinedFolder.Resolvers;

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_the_held_folder_closed_When_used_Then_nothing_is_read_or_written(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "a.txt");
        var path = place.Argument("a.txt");
        place.Roots.Close();
        Assert.Null(place.TryArgument("a.txt", out var fault));
        Assert.Equal(SafePathRule.MustLieInside, fault);
        Assert.Throws<ObjectDisposedException>(() => path.ReadAllText());
        Assert.Throws<ObjectDisposedException>(() => path.WriteAllText("x"));
        Assert.Throws<ObjectDisposedException>(() => path.Delete());
        Assert.Throws<ObjectDisposedException>(() => path.Enumerate().ToArray());
        Assert.Equal("a.txt", place.Read("a.txt"));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_an_operating_system_that_does_not_say_what_stands_there_When_used_Then_it_is_refused(string resolver)
    {
        // A descriptor that was closed behind our back: statx and openat fail with EBADF.
        using var place = new ConfinedFolder(resolver, "a.txt");
        using var broken = new SafeFileHandle(999_983, ownsHandle: false);
        using var folder = new UnixFolder(broken, ConfinedFolder.Resolver(resolver));
        var policy = PathPolicy.Of(new SafePathAttribute { Root = "ws", Access = PathAccess.Write });
        var path = new ConfinedPath(folder, policy, ["a.txt"]);
        Assert.ThrowsAny<IOException>(() => _ = path.Exists);
        Assert.ThrowsAny<IOException>(() => path.ReadAllText());
        Assert.ThrowsAny<IOException>(() => path.Delete());
        Assert.ThrowsAny<IOException>(() => UnixFolder.FactsOf(broken));
        Assert.Equal("a.txt", place.Read("a.txt"));
    }

    [Fact]
    public void Given_a_folder_that_breaks_on_every_question_When_the_rule_asks_Then_it_refuses()
    {
        using var place = new ConfinedFolder("walk", "a.txt");
        foreach (var failure in (Exception[])[new IOException("EIO"), new UnauthorizedAccessException(), new ObjectDisposedException("x"), new InvalidOperationException(), new OutOfMemoryException()])
        {
            var roots = PathRoots.Create(new Dictionary<string, RootOptions> { ["ws"] = new() { Path = place.Root } }, _ => new BrokenFolder(failure));
            var value = ConfinedPath.Unchecked("a.txt");
            Assert.False(new ConfinedPathRule(roots, new SafePathAttribute { Root = "ws" }).TryApply(ref value, default, out var violation));
            Assert.Equal(("SafePath", SafePathRule.MustLieInside), (violation.Rule, violation.Message));
            Assert.Throws<InvalidOperationException>(() => value.ReadAllText()); // Still the unchecked one.
        }
    }

    [Fact]
    public void Given_a_root_that_cannot_be_held_When_the_server_starts_Then_the_setting_is_named()
    {
        using var place = new ConfinedFolder("walk");
        var problem = Assert.Throws<McpSecurityConfigurationException>(() => PathRoots.Create(
            new Dictionary<string, RootOptions> { ["ws"] = new() { Path = place.Root } }, static _ => throw new UnauthorizedAccessException("/secret/place")));
        Assert.Contains("McpSecurity:Roots:ws could not be opened", problem.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_a_folder_nobody_may_enter_When_used_Then_it_is_refused(string resolver)
    {
        Assert.SkipWhen(Environment.UserName == "root" || OperatingSystem.IsWindows(), "This account may enter every folder.");
        using var place = new ConfinedFolder(resolver, "closed/a.txt");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(place.OnDisk("closed"), UnixFileMode.None);
            Assert.Null(place.TryArgument("closed/a.txt", out _));
            Assert.Throws<UnauthorizedAccessException>(() => place.Top.Combine("closed/a.txt").ReadAllText());
            File.SetUnixFileMode(place.OnDisk("closed"), (UnixFileMode)0x1C0);
        }
    }

    [Fact]
    public void Given_declarations_that_accept_nothing_When_the_rule_is_made_Then_the_server_does_not_start()
    {
        using var place = new ConfinedFolder("walk");
        foreach (var attribute in (SafePathAttribute[])
                 [new() { Root = "ws", MaxBytes = 0 }, new() { Root = "ws", MaxLength = 0 }, new() { Root = "none" }, new(), new() { Root = "ws", Extensions = ["txt"] }, new() { Root = "ws", Access = (PathAccess)9 }])
        {
            Assert.Throws<McpSecurityConfigurationException>(() => new ConfinedPathRule(place.Roots, attribute));
            Assert.Throws<McpSecurityConfigurationException>(() => new SafePathRule(place.Roots, attribute));
        }

        Assert.Throws<McpSecurityConfigurationException>(() => new ConfinedRoots(place.Roots).Get("none"));
    }

    private sealed class BrokenFolder(Exception failure) : HeldFolder
    {
        internal override HeldFolder OpenFolder(ReadOnlySpan<string> components) => throw failure;

        internal override HeldFolder OpenChild(string name) => throw failure;

        internal override (SafeFileHandle Handle, EntryFacts Facts) OpenFile(ReadOnlySpan<string> components, FileMode mode, FileAccess access, bool followLast) => throw failure;

        internal override EntryFacts? Look(ReadOnlySpan<string> components, bool followLast) => throw failure;

        internal override void CreateFolder(string name) => throw failure;

        internal override void Delete(string name, bool isFolder) => throw failure;

        internal override void DeleteTree(string name) => throw failure;

        internal override void Move(string name, HeldFolder target, string newName, bool replace) => throw failure;

        internal override List<(string Name, PathKind Kind)> List() => throw failure;

        protected override void Dispose(bool disposing)
        {
        }
    }
}
