using System.Net.Sockets;
using CsCheck;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation;

public sealed class SafePathRuleTests : IDisposable
{
    private readonly ConfinedTree _tree = new();

    public void Dispose() => _tree.Dispose();

    public static TheoryData<string> Ordinary() =>
    [
        "a.txt", "sub/b.txt", "sub", "sub/", ".", "./a.txt", "sub/./b.txt", "sub//b.txt", "sub/../a.txt", "missing/../a.txt", "sub\\b.txt",
        "a..b", "..a", "a..", ".gitignore", "..hidden/x", "new file.txt", "100%20done.txt", "%20", "50%", "100% sure.txt", "%TEMP%", "%c0ffee.txt",
        "日本語/ファイル.txt", "说明：版本１.md", "naïve-café.txt", "e\u0301.txt", "😀.png", "👨‍👩‍👧.jpg", "❤️.txt", "می‌خواهم.txt", "-rf", "--help", "~", "~/x", "$HOME",
        "console.log", "null.txt", "auxiliary", "com.txt", "COM10", "lpt", "nul-values.csv", "a;b", "a&b", "a'b", "(1)", "[x]", "a+b=c", "#1", "@x", "a%2eb", "…and more.txt",
    ];

    [Theory, MemberData(nameof(Ordinary))]
    public void Given_an_ordinary_name_When_applied_Then_the_canonical_path_lies_inside(string path)
    {
        if (path == "a..")
        {
            Assert.Null(_tree.Apply(path)); // The one that is not: it ends in dots, which Windows drops.
            return;
        }

        var canonical = _tree.Apply(path, null, out var violation);
        Assert.True(canonical is not null, violation.Message);
        Assert.True(_tree.IsInside(canonical));
    }

    public static TheoryData<string> Hostile() =>
    [
        "", "..", "../", "../outside.txt", "sub/../../outside.txt", "../ws_secret/x.txt", "../ws/a.txt", "sub/../../ws/a.txt", "..\\outside.txt", "sub\\..\\..\\outside.txt", "sub/..\\../outside.txt",
        "/etc/passwd", "/", "//server/share", "\\", "\\foo", "\\\\server\\share", "\\\\?\\C:\\x", "\\\\.\\PhysicalDrive0", "\\??\\C:\\x", "//?/C:/x", "/C:/x", "C:", "C:foo", "c:\\x", "C:/x", "C:..\\..\\x",
        "file.txt::$DATA", "sub::$INDEX_ALLOCATION", "a.txt:stream", "con:x",
        "CON", "nul", "NUL.txt", "NUL .txt", "aux.c", "prn", "COM1", "com9.log", "LPT1", "COM¹", "lpt².txt", "CONIN$", "conout$", "sub/nul", "nul/x", "CON/../a.txt", "ＣＯＮ", "COM①",
        "a.txt.", "a.txt ", "sub /b.txt", "sub./b.txt", "...", ".. /x", "..\u00A0/x/../../y", ". /x", "..../x",
        "a\0b", "a.txt\0.png", "a\nb", "a\tb", "a\u001bb", "a\u0085b", "a\u2028b", "a\u202Eb", "a\u2066b", "a\u200Bb", "a\uFEFFb", "a\u00ADb", "a\U000E0041b",
        "．．／outside.txt", "‥/outside.txt", "..／outside.txt", "a／b", "a＼b", "ａ℀b", "Ｃ：x", "a.txt：：$DATA",
        "%2e%2e%2foutside.txt", "%2e%2e/outside.txt", "..%2foutside.txt", "..%5coutside.txt", "%252e%252e%252foutside.txt", "%25252e%25252e%25252fx", "..%c0%afoutside.txt", "%c0%ae%c0%ae/x", "..%e0%80%afx",
        "..%f0%80%80%afx", "..%c1%9cx", "..%c0%2fx", "..%u2215x/../../y", "%u002e%u002e/x", "%uff0e%uff0e%u2025/x", "a%00.txt", "a%0ab", "a%2500b", "%2fetc%2fpasswd", "%5c%5cserver", "％２ｅ％２ｅ／x", "C%3a/x",
        "out-file", "out-folder/outside.txt", "out-folder", "to-sibling/x.txt", "system/etc/passwd", "dangling", "dangling-out", "dangling/x", "loop-1", "loop-1/x", "self", "sub/up", "sub/up/outside.txt", "chain",
        "a.txt/x", "a.txt/", "to-a/",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void Given_a_hostile_path_When_applied_Then_it_is_refused_without_a_host_path(string path)
    {
        foreach (var access in Enum.GetValues<PathAccess>())
        {
            Assert.Null(_tree.Apply(path, new SafePathAttribute { Access = access }, out var violation));
            Assert.Equal("SafePath", violation.Rule);
            Assert.StartsWith("must ", violation.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(_tree.Base, violation.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/'), violation.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("to-a", "a.txt")]
    [InlineData("to-sub/b.txt", "sub/b.txt")]
    [InlineData("absolute-sub/b.txt", "sub/b.txt")]
    [InlineData("out-and-back/b.txt", "sub/b.txt")]
    [InlineData("to-sub/new.txt", "sub/new.txt")]
    [InlineData("to-sub/../a.txt", "a.txt")]
    [InlineData("sub/../sub/deep/../b.txt", "sub/b.txt")]
    public void Given_links_that_stay_inside_When_applied_Then_the_value_is_the_real_path(string path, string expected) =>
        Assert.Equal(Path.Combine(_tree.Root, expected), _tree.Apply(path));

    [Fact]
    public void Given_a_link_out_and_a_link_to_nowhere_outside_When_refused_Then_the_answers_are_the_same()
    {
        _tree.Apply("out-file", new SafePathAttribute { MustExist = true }, out var present);
        _tree.Apply("dangling-out", new SafePathAttribute { MustExist = true }, out var absent);
        Assert.Equal(present, absent);
    }

    [Theory]
    [InlineData(".", false)]
    [InlineData("sub/..", false)]
    [InlineData("nowhere/new.txt", false)]
    [InlineData("new.txt", true)]
    [InlineData("sub/new.txt", true)]
    [InlineData("a.txt", true)]
    public void Given_write_access_When_applied_Then_the_root_and_missing_parents_are_refused(string path, bool accepted) =>
        Assert.Equal(accepted, _tree.Apply(path, new SafePathAttribute { Access = PathAccess.Write }) is not null);

    [Fact]
    public void Given_a_link_to_the_root_When_written_Then_it_is_refused_and_read_is_not()
    {
        _tree.Link("sub/root", "..");
        Assert.Null(_tree.Apply("sub/root", new SafePathAttribute { Access = PathAccess.Write }));
        Assert.Equal(_tree.Root, _tree.Apply("sub/root"));
    }

    [Fact]
    public void Given_a_read_only_root_When_written_Then_it_is_refused_and_read_is_not()
    {
        Assert.Null(_tree.Apply("a.txt", new SafePathAttribute { Root = "REFERENCE", Access = PathAccess.Write }));
        Assert.NotNull(_tree.Apply("a.txt", new SafePathAttribute { Root = "REFERENCE" }));
    }

    [Fact]
    public void Given_MustExist_When_the_file_is_missing_Then_it_is_refused()
    {
        Assert.Null(_tree.Apply("missing.txt", new SafePathAttribute { MustExist = true }));
        Assert.NotNull(_tree.Apply("a.txt", new SafePathAttribute { MustExist = true }));
    }

    [Theory]
    [InlineData("a.txt", true)]
    [InlineData("A.TXT", true)]
    [InlineData("new.md", true)]
    [InlineData("new.exe", false)]
    [InlineData("new.txt.exe", false)]
    [InlineData("sub", false)]
    [InlineData(".", false)]
    [InlineData("shown.txt", false)] // a link whose real name is real.exe
    public void Given_extensions_When_applied_Then_name_and_real_name_must_carry_one(string path, bool accepted) =>
        Assert.Equal(accepted, _tree.Apply(path, new SafePathAttribute { Extensions = [".txt", ".md"] }) is not null);

    [Fact]
    public void Given_a_length_limit_When_one_character_longer_Then_it_is_refused()
    {
        Assert.NotNull(_tree.Apply(new string('x', 20), new SafePathAttribute { MaxLength = 20 }));
        Assert.Null(_tree.Apply(new string('x', 21), new SafePathAttribute { MaxLength = 20 }));
    }

    [Fact]
    public void Given_a_name_the_file_system_does_not_take_When_applied_Then_the_failure_refuses() => Assert.Null(_tree.Apply(new string('x', 300)));

    [Fact]
    public void Given_pipe_and_socket_When_applied_Then_they_are_refused_and_nothing_hangs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes and sockets are no files on Windows.");
        _tree.Pipe("pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_tree.Root, "s")));
        _tree.Link("to-pipe", "pipe");
        Assert.Null(_tree.Apply("pipe"));
        Assert.Null(_tree.Apply("to-pipe"));
        Assert.Null(_tree.Apply("pipe/x"));
        Assert.Null(_tree.Apply("s"));
    }

    [Fact]
    public void Given_a_root_removed_after_start_When_applied_Then_it_is_refused()
    {
        var rule = new SafePathRule(_tree.Roots, new SafePathAttribute { Root = "workspace" });
        Directory.Move(_tree.Root, _tree.Root + ".gone");
        var value = "a.txt";
        Assert.False(rule.TryApply(ref value, default, out _));
        Assert.Equal("a.txt", value);
    }

    [Fact]
    public void Given_lone_surrogates_When_applied_Then_they_are_refused()
    {
        Assert.Null(_tree.Apply("\uD800"));
        Assert.Null(_tree.Apply("a\uDC00b"));
        Assert.Null(_tree.Apply("\uDC00\uD800"));
    }

    [Fact]
    public void Given_null_in_spite_of_the_contract_When_applied_Then_it_is_refused()
    {
        string value = null!;
        Assert.False(new SafePathRule(_tree.Roots, new SafePathAttribute { Root = "workspace" }).TryApply(ref value, default, out _));
    }

    [Fact]
    public void Given_the_traversal_corpora_When_applied_Then_nothing_outside_the_root_is_reached()
    {
        var folder = Corpora.FolderOrSkip("paths");
        var read = 0;
        foreach (var line in Corpora.Lines(folder))
        {
            foreach (var path in (string[])[line, line.Replace("{FILE}", "outside.txt", StringComparison.Ordinal), line.Replace("{FILE}", "etc/passwd", StringComparison.Ordinal)])
            {
                read++;
                if (_tree.Apply(path) is { } canonical)
                {
                    Assert.True(_tree.IsInside(canonical) && Path.GetFullPath(canonical) == canonical, path);
                    Assert.False(File.Exists(canonical) && File.ReadAllText(canonical) != "inside", path);
                }
            }
        }

        Assert.True(read > 3000);
    }

    [Fact]
    public void Given_paths_built_at_random_from_hostile_pieces_When_accepted_Then_the_real_location_is_inside()
    {
        string[] pieces =
        [
            "..", ".", "/", "\\", "sub", "to-sub", "out-folder", "up", "out-and-back", "absolute-sub", "a.txt", "system", "%2e", "%2f", "．", "／", " ", ":", "ws", "ws_secret", "x.txt", "deep", "loop-1", "dangling", "\0", "~",
        ];
        var accepted = 0;
        Check.Sample(
            Gen.Int[0, pieces.Length - 1].Array[1, 9],
            indices =>
            {
                var path = string.Concat(indices.Select(piece => pieces[piece]).SelectMany((part, index) => index % 2 == 1 && part.Length > 1 ? (string[])["/", part] : [part]));
                if (_tree.Apply(path) is { } canonical)
                {
                    Interlocked.Increment(ref accepted);
                    return _tree.IsInside(canonical) && IsFreeOfLinks(canonical);
                }

                return true;
            },
            iter: 5000,
            threads: 1);
        Assert.True(accepted > 100);
    }

    private bool IsFreeOfLinks(string canonical)
    {
        for (var path = canonical; path is not null && path.Length >= _tree.Root.Length; path = Path.GetDirectoryName(path))
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }
}
