using System.Diagnostics;
using CsCheck;
using McpSecureGen.Tests.Support;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation.Paths;

/// <summary>What a path says, decided without a file system, so the forms of Windows are decided here as they are there.</summary>
public sealed class PathSyntaxTests
{
    /// <summary>Forms of Windows that are refused on every operating system.</summary>
    public static TheoryData<string> WindowsForms() =>
    [
        // Streams.
        "file.txt::$DATA", "file.txt:stream", "f:stream", "dir::$INDEX_ALLOCATION", "dir:$I30:$INDEX_ALLOCATION", "a/b:c/d", ":x", "a:", "file.txt::$data",

        // Devices, with extension, space, other case, superscripts, in folders.
        "CON", "PRN", "AUX", "NUL", "nul", "Con.txt", "NUL.txt", "NUL .txt", "nul.tar.gz", "aux.", "con ", "COM0", "COM1", "COM9", "LPT0", "LPT1", "lpt9.log", "COM¹", "com².x", "LPT³",
        "CONIN$", "CONOUT$", "conin$.txt", "CLOCK$", "dir/NUL", "dir\\NUL\\x", "NUL/x", "con:x", "COM1:", "ＮＵＬ", "ＣＯＭ１", "NUL%2etxt", "%4eUL", "COM%31",

        // Dots and spaces at the end.
        "secret.txt.", "secret.txt ", "secret.txt. .", "dir./x", "dir /x", "..\\. \\x", ".. \\x", "... ", "....", ".. ", ". .", "a.\\b", "x/.../y",

        // Roots and shares.
        "\\foo", "/foo", "\\\\server\\share", "\\\\server\\share\\x", "//server/share", "\\/server/share", "/\\server\\share", "\\\\localhost\\C$", "\\\\127.0.0.1\\C$", "\\\\127.0.0.1@80\\x",
        "\\\\/127.0.0.1\\\\C$/Windows///\\\\system32", "\\\\?\\C:\\", "\\\\?\\UNC\\server\\share", "\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1", "\\\\.\\PhysicalDrive0", "\\\\.\\C:", "\\\\.\\NUL",
        "\\??\\C:\\x", "\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\x", "//?/C:/", "//./C:/x", "\\\\.\\pipe\\x", "\\\\?\\..\\x",

        // Drives.
        "C:", "C:foo", "c:\\x", "C:/x", "C:..\\..\\x", "C:\\..\\x", "/C:/x", "\\C:\\x", "Z:.", "a/C:/x", "C%3Afoo", "Ｃ：\\x",

        // Upwards with either separator.
        "..", "..\\x", "../x", "a\\..\\..\\x", "a/..\\../x", "..\\/x", ".\\..\\x", "a\\..\\..\\a", "..%5cx", "..%255cx", "%2e%2e\\x", "a%5c..%5c..%5cx",
    ];

    [Theory, MemberData(nameof(WindowsForms))]
    public void Given_a_form_of_Windows_When_read_Then_it_is_refused_on_every_operating_system(string path)
    {
        Assert.NotNull(PathSyntax.Parse(path, onWindows: true, out _));
        Assert.NotNull(PathSyntax.Parse(path, onWindows: false, out _));
    }

    /// <summary>Names that mean something else on Windows only.</summary>
    [Theory]
    [InlineData("PROGRA~1")]
    [InlineData("dir/SECRET~1.TXT")]
    [InlineData("a~12")]
    [InlineData("a*b")]
    [InlineData("what?.txt")]
    [InlineData("a<b")]
    [InlineData("a>b")]
    [InlineData("a|b")]
    [InlineData("a\"b")]
    public void Given_a_name_with_a_meaning_on_Windows_only_When_read_Then_it_is_refused_there_only(string path)
    {
        Assert.NotNull(PathSyntax.Parse(path, onWindows: true, out _));
        Assert.Null(PathSyntax.Parse(path, onWindows: false, out _));
    }

    [Theory]
    [InlineData("console.log", "console.log")]
    [InlineData("a\\b\\c.txt", "a/b/c.txt")]
    [InlineData("a/./b//c/", "a/b/c")]
    [InlineData("a/../b", "b")]
    [InlineData("com.example/COM10", "com.example/COM10")]
    [InlineData("~/x~y", "~/x~y")]
    [InlineData("%TEMP%/$HOME", "%TEMP%/$HOME")]
    [InlineData("LONGNAME~1x", "LONGNAME~1x")]
    [InlineData(".", "")]
    public void Given_an_ordinary_form_When_read_Then_its_components_are_the_same_everywhere(string path, string expected)
    {
        foreach (var onWindows in (bool[])[true, false])
        {
            Assert.Null(PathSyntax.Parse(path, onWindows, out var components));
            Assert.Equal(expected, string.Join('/', components));
        }
    }

    [Fact]
    public void Given_any_text_When_read_Then_it_is_components_or_a_refusal_and_never_an_exception()
    {
        string[] pieces = ["..", ".", "/", "\\", ":", "%2e", "%", "%u", "%25", "%c0%af", "．", "／", "‥", " ", "NUL", "a", "é", "\u0301", "\0", "\uD800", "\uDC00", "\u202E", "😀", "%ud800", "℀", "~1", "*"];
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("MCPSEC_FUZZ_SECONDS"), out var asked) ? asked : 1;
        var clock = Stopwatch.StartNew();
        var count = 0;
        do
        {
            Gen.OneOf(Gen.Int[0, pieces.Length - 1].Array[0, 12].Select(indices => string.Concat(indices.Select(index => pieces[index]))), Gen.String)
                .Sample(
                    path =>
                    {
                        Interlocked.Increment(ref count);
                        foreach (var onWindows in (bool[])[true, false])
                        {
                            if (PathSyntax.Parse(path, onWindows, out var components) is null)
                            {
                                Assert.All(components, static name => Assert.True(name is not ("" or "." or "..") && name.AsSpan().IndexOfAny("/\\:\0") < 0 && name[^1] is not ('.' or ' ')));
                            }
                        }
                    },
                    iter: 5000,
                    threads: 1);
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} texts read on both rules.");
    }

    public static TheoryData<string, string> Long() => new()
    {
        { "letters", "a" }, { "folders", "a/" }, { "up and down", "a/../" }, { "up", "../" }, { "dots", "." }, { "separators", "/" }, { "backslashes", "a\\" },
        { "escapes", "%41" }, { "nested escapes", "%25" }, { "escaped escapes", "%2541" }, { "unicode escapes", "%u0041" }, { "broken escapes", "%" }, { "overlong", "%c1%81" }, { "full-width", "ａ" },
        { "marks in order", "\u0301" }, { "marks out of order", "\u0301\u0316" }, { "escaped marks", "%CC%81%CC%96" }, { "a letter with marks", "a\u0301\u0316" }, { "Hangul", "\u1100\u1161\u11A8" },
        { "emoji", "😀" }, { "ligatures", "\uFDFA" }, { "colons", ":" }, { "spaces", " " }, { "tildes", "~1" },
    };

    [Theory, MemberData(nameof(Long))]
    public void Given_a_text_ten_times_as_long_When_read_Then_it_takes_about_ten_times_as_long(string kind, string piece)
    {
        var (small, large) = (Repeat(piece, 100_000), Repeat(piece, 1_000_000));
        _ = PathSyntax.Parse("x/" + small, out _);
        var (one, ten) = (Cost(small), Cost(large));
        // Collections and other work on the machine may cost ten times as much; squared time costs a hundred times, and minutes.
        Assert.True(ten < Math.Max(one * 30, 1500), $"{kind}: {one:F1} ms for 100,000 characters, {ten:F1} ms for 1,000,000");
        Assert.True(ten < 15_000, $"{kind}: {ten:F0} ms");
    }

    [Fact]
    public void Given_a_megabyte_and_the_default_bound_When_applied_Then_it_is_refused_by_its_length_alone()
    {
        using var place = new ConfinedFolder("walk");
        var text = Repeat("a/../", 1_000_000);
        var clock = Stopwatch.StartNew();
        Assert.Null(place.TryArgument(text, out var fault));
        Assert.True(clock.ElapsedMilliseconds < 50);
        Assert.Contains("1024", fault, StringComparison.Ordinal);
        Assert.Equal("", place.Top.Combine(".").Name);
        Assert.NotNull(place.TryArgument("x/../" + text + "f", out _, static a => a.MaxLength = 2_000_000));
    }

    private static string Repeat(string piece, int length) => "x" + string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    private static double Cost(string text) => ProcessorTime.Fastest(3, () => PathSyntax.Parse(text, out _)).TotalMilliseconds;
}
