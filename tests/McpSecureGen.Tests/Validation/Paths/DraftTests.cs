using System.Runtime.Versioning;
using McpSecureGen.Validation.Paths;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>The file beside the file: who may open it, and what is left of it.</summary>
public sealed class DraftTests
{
    public static TheoryData<string> Resolvers => ConfinedFolder.Resolvers;

    [Theory, MemberData(nameof(Resolvers))]
    [UnsupportedOSPlatform("windows")]
    public void Given_a_private_file_When_replaced_Then_its_draft_is_private_from_the_first_moment_on(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "key.txt");
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(place.OnDisk("key.txt"), Own);
        var atFirst = UnixFileMode.None;
        using (var draft = new Draft(new WatchedFolder(place, (made, _) => atFirst = File.GetUnixFileMode(made)), "key.txt", Policy(), replace: true))
        {
            draft.Stream.Write("new"u8);
            draft.Commit();
        }

        Assert.Equal((Own, Own, "new"), (atFirst, File.GetUnixFileMode(place.OnDisk("key.txt")), place.Read("key.txt")));

        // A shared one becomes as shared as it was, and a new one as shared as the account makes its files.
        File.SetUnixFileMode(place.OnDisk("key.txt"), Own | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        place.Argument("key.txt").WriteAllText("shared");
        Assert.Equal(Own | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(place.OnDisk("key.txt")));
        place.Argument("other.txt").WriteAllText("x");
        File.WriteAllText(place.OnDisk("usual.txt"), "x");
        Assert.Equal(File.GetUnixFileMode(place.OnDisk("usual.txt")), File.GetUnixFileMode(place.OnDisk("other.txt")));
    }

    [Fact]
    public void Given_a_file_system_that_refuses_permissions_When_a_file_is_replaced_Then_no_draft_is_left()
    {
        using var place = new ConfinedFolder("walk", "a.txt");
        using var parent = new WatchedFolder(place, static (_, _) => { }, UnixFlags.PathOnly);
        Assert.Throws<UnauthorizedAccessException>(() => new Draft(parent, "a.txt", Policy(), replace: true));
        Assert.Equal(["a.txt"], Directory.EnumerateFileSystemEntries(place.Root).Select(Path.GetFileName));
        Assert.Equal("a.txt", place.Read("a.txt"));
    }

    [Fact]
    public void Given_a_disk_that_takes_no_more_When_the_writing_is_given_up_Then_the_reason_stays_and_no_draft_is_left()
    {
        using var place = new ConfinedFolder("walk");
        var refusal = Assert.Throws<PathRefusedException>(() =>
        {
            using var draft = new Draft(new WatchedFolder(place, static (_, _) => { }, UnixFlags.ReadOnly), "a.txt", Policy(), replace: true);
            draft.Stream.Write("in the buffer"u8);
            draft.Reserve(long.MaxValue);
        });
        Assert.Contains("longer", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root));
    }

    private static PathPolicy Policy() => PathPolicy.Of(new SafePathAttribute { Root = "ws", Access = PathAccess.Write });

    /// <summary>A root that shows the files it makes, and can hand them over so that they cannot be written.</summary>
    private sealed class WatchedFolder(ConfinedFolder place, Action<SafeFileHandle, string> seen, int? flags = null) : HeldFolder
    {
        private readonly UnixFolder _folder = UnixFolder.OpenRoot(place.Root, ConfinedFolder.Resolver("walk"));

        internal override SafeFileHandle CreateFile(string name, bool isPrivate)
        {
            var made = _folder.CreateFile(name, isPrivate);
            seen(made, name);
            if (flags is not { } other)
            {
                return made;
            }

            made.Dispose();
            return new SafeFileHandle(UnixCalls.OpenAt(_folder.Handle, UnixCalls.Bytes(name), other | UnixFlags.CloseOnExec, 0), ownsHandle: true);
        }

        internal override HeldFolder OpenFolder(ReadOnlySpan<string> components) => _folder.OpenFolder(components);

        internal override HeldFolder OpenChild(string name) => _folder.OpenChild(name);

        internal override (SafeFileHandle Handle, EntryFacts Facts) OpenFile(ReadOnlySpan<string> components, FileMode mode, FileAccess access, bool followLast) =>
            _folder.OpenFile(components, mode, access, followLast);

        internal override EntryFacts? Look(ReadOnlySpan<string> components, bool followLast) => _folder.Look(components, followLast);

        internal override void CreateFolder(string name) => _folder.CreateFolder(name);

        internal override void Delete(string name, bool isFolder) => _folder.Delete(name, isFolder);

        internal override void DeleteTree(string name) => _folder.DeleteTree(name);

        internal override void Move(string name, HeldFolder target, string newName, bool replace) => _folder.Move(name, _folder, newName, replace);

        internal override List<(string Name, PathKind Kind)> List() => _folder.List();

        protected override void Dispose(bool disposing) => _folder.Dispose();
    }
}
