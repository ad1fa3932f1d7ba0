using System.IO.Compression;
using System.Text;

namespace McpSecureGen.Tests.Validation.Paths;

public sealed class ArchiveTests
{
    public static TheoryData<string> Resolvers => ConfinedFolder.Resolvers;

    public static TheoryData<string> HostileNames() =>
    [
        "../outside.txt", "..\\outside.txt", "a/../../outside.txt", "/etc/passwd", "\\windows\\x", "C:\\x", "C:x", "//server/share/x", "\\\\?\\C:\\x", "../ROOT_sibling/x",
        "..%2foutside.txt", "%2e%2e/outside.txt", "．．/outside.txt", "a\0.txt", "a\nb", "a:stream", "NUL", "con.txt", "a.", "a ", ".. /x", "...", "a\u202Etxt.exe", "..", ".",
    ];

    [Theory, MemberData(nameof(HostileNames))]
    public void Given_an_entry_with_a_hostile_name_When_extracted_Then_nothing_of_the_archive_is(string name)
    {
        using var place = new ConfinedFolder("walk", "target/");
        var before = place.Outside();
        Assert.Throws<PathRefusedException>(() => place.Top.Combine("target").ExtractArchive(Zip(("good.txt", "x"), (name, "x"))));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.OnDisk("target")));
        Assert.Equal(before, place.Outside());
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_an_ordinary_archive_When_extracted_Then_its_files_are_there(string resolver)
    {
        using var place = new ConfinedFolder(resolver);
        var zip = Zip(("readme.md", "one"), ("docs/", ""), ("docs/日本語 a..b.txt", "two"), ("docs/deep/.gitignore", "three"));
        var target = place.Top.Combine("new/target");
        Assert.Equal(3, target.ExtractArchive(zip));
        Assert.Equal(
            ["docs", "docs/deep", "docs/deep/.gitignore", "docs/日本語 a..b.txt", "readme.md"],
            target.Enumerate(recursive: true).Select(static entry => entry.Relative["new/target/".Length..]));
        Assert.Equal("two", target.Combine("docs/日本語 a..b.txt").ReadAllText());
        zip.Position = 0;
        Assert.Throws<IOException>(() => target.ExtractArchive(zip));
        zip.Position = 0;
        Assert.Equal(3, target.ExtractArchive(new OneWayStream(zip), overwrite: true));
    }

    [Fact]
    public void Given_a_list_of_very_many_entries_When_extracted_Then_it_is_not_taken_into_memory()
    {
        using var place = new ConfinedFolder("walk", "target/");
        using var zip = Zip([.. Enumerable.Range(0, 100_000).Select(static number => ($"f{number}", ""))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PathRefusedException>(() => place.Top.Combine("target").ExtractArchive(zip));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 30_000_000, $"{allocated:N0} bytes for an archive of {zip.Length:N0}.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.OnDisk("target")));
    }

    [Fact]
    public void Given_as_many_entries_as_are_allowed_When_extracted_Then_they_are_there_whatever_marks_their_content_holds()
    {
        using var place = new ConfinedFolder("walk");
        var marks = string.Concat(Enumerable.Repeat("PK\u0001\u0002", 10_000));
        using var zip = Zip(
            static (archive, content) =>
            {
                foreach (var number in Enumerable.Range(0, 30))
                {
                    using var stream = archive.CreateEntry($"f{number}", CompressionLevel.NoCompression).Open();
                    stream.Write(Encoding.UTF8.GetBytes(content));
                }
            },
            marks);
        Assert.Equal(30, place.Top.Combine("target").ExtractArchive(zip, limits: new ArchiveLimits { MaxEntries = 30 }));
        Assert.Equal(marks, place.Read("target/f7"));
        zip.Position = 0;
        Assert.Throws<PathRefusedException>(() => place.Top.Combine("other").ExtractArchive(zip, limits: new ArchiveLimits { MaxEntries = 29 }));
    }

    [Theory, MemberData(nameof(Resolvers))]
    public void Given_links_that_wait_in_the_folder_When_extracted_Then_nothing_goes_through_them(string resolver)
    {
        using var place = new ConfinedFolder(resolver, "other/", "target/out => ../..", "target/beside => ../other", "target/file.txt => ../other/file.txt", "target/far.txt => ../../outside.txt");
        foreach (var name in (string[])["out/x.txt", "beside/x.txt"])
        {
            Assert.Throws<PathRefusedException>(() => place.Top.Combine("target").ExtractArchive(Zip((name, "x"))));
        }

        // A file takes the place of a link, and what the link leads to stays as it is.
        Assert.Equal(2, place.Top.Combine("target").ExtractArchive(Zip(("file.txt", "x"), ("far.txt", "x")), overwrite: true));
        Assert.Equal("x", place.Read("target/file.txt"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.OnDisk("other")));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(place.Base, "outside.txt")));
    }

    [Theory]
    [InlineData(0xA000)] // a link
    [InlineData(0x1000)] // a pipe
    [InlineData(0x2000)] // a device
    [InlineData(0x6000)]
    [InlineData(0xC000)] // a socket
    [InlineData(0x4000)] // a folder without a separator at its end
    public void Given_an_entry_that_is_no_file_When_extracted_Then_it_is_refused(int type)
    {
        using var place = new ConfinedFolder("walk");
        var zip = Zip(static (archive, kind) =>
        {
            var entry = archive.CreateEntry("link");
            entry.ExternalAttributes = (kind | 0x1FF) << 16;
            using var content = entry.Open();
            content.Write("/etc/passwd"u8);
        }, type);
        Assert.Throws<PathRefusedException>(() => place.Top.Combine("target").ExtractArchive(zip));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root));
    }

    [Fact]
    public void Given_more_than_the_bounds_When_extracted_Then_it_is_refused_before_anything_is_written()
    {
        using var place = new ConfinedFolder("walk");
        var target = place.Top.Combine("target");
        var big = new string('a', 3_000_000);
        Assert.Throws<PathRefusedException>(() => target.ExtractArchive(Zip(("bomb.txt", big)))); // 3 MB of one letter: about 1,000 times
        Assert.Throws<PathRefusedException>(() => target.ExtractArchive(Zip(("a", "xx"), ("b", "xx")), limits: new ArchiveLimits { MaxEntries = 1 }));
        Assert.Throws<PathRefusedException>(() => target.ExtractArchive(Zip(("a", "xx"), ("b", "xx")), limits: new ArchiveLimits { MaxTotalBytes = 3 }));
        Assert.Throws<PathRefusedException>(() => target.ExtractArchive(new OneWayStream(Zip(("a", "xx"))), limits: new ArchiveLimits { MaxTotalBytes = 3 }));
        Assert.Throws<PathRefusedException>(() => target.ExtractArchive(Zip(("a", "x"), ("A", "y"))));
        Assert.Throws<PathRefusedException>(() => place.Argument("t", static a => a.MaxBytes = 1).ExtractArchive(Zip(("a", "xx"))));
        Assert.Throws<PathRefusedException>(() => place.Argument("t.d", static a => a.Extensions = [".d"]).ExtractArchive(Zip(("a.exe", "xx"))));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root));
        Assert.Equal(1, target.ExtractArchive(Zip(("bomb.txt", big)), limits: new ArchiveLimits { MaxRatio = 2000 }));
        Assert.Equal(big.Length, new FileInfo(place.OnDisk("target/bomb.txt")).Length);
    }

    [Fact]
    public void Given_an_archive_that_lies_about_a_length_When_extracted_Then_no_more_than_it_says_is_written()
    {
        using var place = new ConfinedFolder("walk");
        var bytes = Zip(("a.txt", new string('a', 100_000))).ToArray();

        // The length of the file, in its own header and in the central directory.
        var said = BitConverter.GetBytes(100_000);
        for (var index = 0; index < bytes.Length - 4; index++)
        {
            if (bytes.AsSpan(index, 4).SequenceEqual(said))
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(index, 4), 10);
            }
        }

        _ = Record.Exception(() => place.Top.Combine("target").ExtractArchive(new MemoryStream(bytes)));
        Assert.True(Directory.EnumerateFiles(place.Root, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length) <= 10);
    }

    [Fact]
    public void Given_what_is_no_archive_When_extracted_Then_nothing_happens()
    {
        using var place = new ConfinedFolder("walk");
        Assert.Throws<InvalidDataException>(() => place.Top.Combine("target").ExtractArchive(new MemoryStream("no archive"u8.ToArray())));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root));
    }

    private static MemoryStream Zip(params (string Name, string Content)[] entries) => Zip(
        static (archive, list) =>
        {
            foreach (var (name, content) in list)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        },
        entries);

    private static MemoryStream Zip<T>(Action<ZipArchive, T> fill, T with)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(archive, with);
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>A stream that cannot seek, as one from a network.</summary>
    private sealed class OneWayStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
