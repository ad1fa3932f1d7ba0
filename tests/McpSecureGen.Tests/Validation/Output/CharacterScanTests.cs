using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;
using McpSecureGen.Tests.Support;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Tests.Validation.Output;

public sealed class CharacterScanTests
{
    private static readonly string[] Pieces =
    [
        "\u200d", "\u200c", "\ufe0f", "\u202e", "\udb40\udd00", "\udb40\udc41", "😀", "🏳", "ب", "ک", "क", "\u094d", "\u17b4", "\u1820", "\u180b", "葛", "a", "1", "<", "\ud83d", "\ude00", "\u0001", "\ufffe", " ", "\n",
    ];

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "<U+001B>[31mred<U+001B>[0m")]
    [InlineData("\u001b]52;c;ZXZpbA==\u0007", "<U+001B>]52;c;ZXZpbA==<U+0007>")]
    [InlineData("\u009b2K", "<U+009B>2K")]
    [InlineData("a\0b\bc\u000bd\fe\u007f\u0085", "a<U+0000>b<U+0008>c<U+000B>d<U+000C>e<U+007F><U+0085>")]
    [InlineData("user\u202egpj.exe", "user<U+202E>gpj.exe")]
    [InlineData("\u2066a\u2069\u200f\u061c", "<U+2066>a<U+2069><U+200F><U+061C>")]
    [InlineData("pay\u200bpal\u2060\ufeff\u00ad", "pay<U+200B>pal<U+2060><U+FEFF><U+00AD>")]
    [InlineData("hi\udb40\udc41\udb40\udc7f", "hi<U+E0041><U+E007F>")]
    [InlineData("\ufffe\uffff\ufdd0\ud83f\udffe", "<U+FFFE><U+FFFF><U+FDD0><U+1FFFE>")]
    [InlineData("line\u2028para\u2029", "line<U+2028>para<U+2029>")]
    [InlineData("x\u200dy", "x<U+200D>y")]
    [InlineData("😀\ufe0f\ufe0f\ufe0f", "😀\ufe0f<U+FE0F><U+FE0F>")]
    public void What_acts_unseen_becomes_visible(string text, string expected) => Assert.Equal(expected, CharacterScan.Neutralise(text));

    [Fact]
    public void A_surrogate_without_its_partner_becomes_visible()
    {
        Assert.Equal("a<U+D800>b", CharacterScan.Neutralise("a\ud800b"));
        Assert.Equal("<U+DC00><U+D83D>", CharacterScan.Neutralise("\udc00\ud83d"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain\ttext\r\nwith lines\n")]
    [InlineData("naïve café, Straße, Ærø, żółw")]
    [InlineData("日本語のテキスト、中文、한국어")]
    [InlineData("می‌خواهم کتاب‌ها")]
    [InlineData("क्‍ष हिन्दी श्री")]
    [InlineData("עברית العربية")]
    [InlineData("👨‍👩‍👧‍👦 👍🏽 ❤️ 🏳️‍🌈 1️⃣ 🇩🇪 👩🏿‍🚀")]
    [InlineData("𝒳 𠀀 𐍈")]
    [InlineData("葛\udb40\udd00")]
    [InlineData("<U+202E>")]
    public void Ordinary_text_is_the_same_object(string text) => Assert.Same(text, CharacterScan.Neutralise(text));

    [Fact]
    public void Every_control_and_format_character_of_Unicode_is_found_and_no_letter_by_itself_is()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value))
            {
                continue;
            }

            var rune = new Rune(value);
            var isClean = CharacterScan.IsClean(rune.ToString());
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control:
                    Assert.Equal(value is '\t' or '\n' or '\r', isClean);
                    break;
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.MathSymbol:
                    Assert.True(isClean, $"U+{value:X4}");
                    break;
                case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    Assert.False(isClean, $"U+{value:X4}");
                    break;
            }
        }
    }

    [Fact]
    public void Whatever_goes_in_what_comes_out_is_clean_and_stays_as_it_is()
    {
        var interesting = Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i]);
        var text = Gen.OneOf(interesting, Gen.Char.Select(static c => c.ToString())).Array[0, 40].Select(static parts => string.Concat(parts));

        text.Sample(
            static text =>
            {
                var once = CharacterScan.Neutralise(text);
                Assert.True(CharacterScan.IsClean(once));
                Assert.Same(once, CharacterScan.Neutralise(once));
            },
            iter: 20_000,
            time: Seconds());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\u202e")]
    [InlineData("日")]
    [InlineData("😀\u200d")]
    [InlineData("\ud800")]
    public void Ten_times_the_text_takes_about_ten_times_as_long(string piece)
    {
        var (small, large) = (string.Concat(Enumerable.Repeat(piece, 20_000)), string.Concat(Enumerable.Repeat(piece, 200_000)));
        CharacterScan.Neutralise(large);

        var one = Fastest(small);
        var ten = Fastest(large);

        Assert.True(ten < one * 60 + TimeSpan.FromMilliseconds(20), $"{one.TotalMilliseconds} ms, then {ten.TotalMilliseconds} ms");
    }

    [Fact]
    public void A_clean_text_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("An ordinary line, with naïve words and 日本.\n", 500));
        CharacterScan.Neutralise(text);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 50; i++)
        {
            CharacterScan.Neutralise(text);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000);
        foreach (var (name, sample) in new[] { ("ASCII", "An ordinary line of text.\n"), ("CJK", "日本語の文章です。\n"), ("emoji", "👩‍🚀 ❤️ "), ("Persian", "می‌خواهم ") })
        {
            var large = string.Concat(Enumerable.Repeat(sample, 1_000_000 / sample.Length));
            CharacterScan.Neutralise(large);
            TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {Fastest(large).TotalMilliseconds:F2} ms for 1,000,000 characters");
        }
    }

    private static TimeSpan Fastest(string text) => ProcessorTime.Fastest(5, () => CharacterScan.Neutralise(text));

    internal static int Seconds() => int.TryParse(Environment.GetEnvironmentVariable("MCPSEC_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;
}
