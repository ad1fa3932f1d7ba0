using System.Globalization;
using System.Text;
using McpSecureGen.Hosting;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Tests.Validation;

public sealed class SafeTextRuleTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Hello, world! 100% <b>'quoted'</b> {json} ${x} a..b")]
    [InlineData("日本語テキスト、中文：标点")]
    [InlineData("naïve e\u0301 Ελληνικά Русский עברית العربية")]
    [InlineData("می‌خواهم")]
    [InlineData("क्‍ष न्‍")]
    [InlineData("😀 👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥 1️⃣ #️⃣ 🇩🇪 ☺️ ©️")]
    [InlineData("葛\U000E0100")]
    [InlineData("؀١٢")]
    public void Given_ordinary_text_When_applied_Then_it_passes_unchanged(string text)
    {
        var value = text;
        Assert.True(Apply(ref value, new SafeTextAttribute(), out var message), message);
        Assert.Same(text, value);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u001b[2Kb")]
    [InlineData("a\bb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u009Bb")]
    [InlineData("a\u000Bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2067b")]
    [InlineData("a\u200Fb")]
    [InlineData("a\u061Cb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u2060b")]
    [InlineData("a\uFEFFb")]
    [InlineData("a\u00ADb")]
    [InlineData("a\u200Db")]
    [InlineData("a\u200Cb")]
    [InlineData("\u200D😀")]
    [InlineData("😀\u200D")]
    [InlineData("😀\u200D\u200D😀")]
    [InlineData("😀\u200Da")]
    [InlineData("😀\uFE0F\uFE0F")]
    [InlineData("😀\U000E0101")]
    [InlineData("a\uFE0F")]
    [InlineData(" \uFE0F")]
    [InlineData("\u3164")]
    [InlineData("a\u034Fb")]
    [InlineData("\U000E0041\U000E0042")]
    [InlineData("\U000E0001")]
    [InlineData("🏴\U000E0067\U000E0062\U000E007F")]
    [InlineData("\uFFFE")]
    [InlineData("\uFDD0")]
    [InlineData("\U0010FFFF")]
    public void Given_text_that_shows_otherwise_When_applied_Then_it_is_refused_with_and_without_new_lines(string text)
    {
        foreach (var allow in (bool[])[false, true])
        {
            var value = text;
            Assert.False(Apply(ref value, new SafeTextAttribute { AllowNewLines = allow }, out var message));
            Assert.StartsWith("must ", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Given_lone_surrogates_When_applied_Then_they_are_refused()
    {
        foreach (var text in (string[])["\uD800", "a\uDC00b", "\uDC00\uD800", "😀\uD83D"])
        {
            var value = text;
            Assert.False(Apply(ref value, new SafeTextAttribute(), out _));
        }
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\tb")]
    public void Given_line_breaks_and_tabs_When_applied_Then_only_the_attribute_lets_them_pass(string text)
    {
        Assert.False(Apply(ref text, new SafeTextAttribute(), out _));
        Assert.True(Apply(ref text, new SafeTextAttribute { AllowNewLines = true }, out _));
    }

    [Fact]
    public void Given_a_length_limit_When_one_character_longer_Then_it_is_refused()
    {
        var (fits, exceeds) = ("abc", "abcd");
        Assert.True(Apply(ref fits, new SafeTextAttribute { MaxLength = 3 }, out _));
        Assert.False(Apply(ref exceeds, new SafeTextAttribute { MaxLength = 3 }, out _));
        Assert.Throws<McpSecurityConfigurationException>(() => new SafeTextRule(new SafeTextAttribute { MaxLength = 0 }));
    }

    [Fact]
    public void Given_every_code_point_between_letters_When_accepted_Then_its_category_is_harmless()
    {
        var rule = new SafeTextRule(new SafeTextAttribute());
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (!Rune.IsValid(code))
            {
                continue;
            }

            var rune = new Rune(code);
            var value = $"a{rune}b";
            var accepted = rule.TryApply(ref value, default, out _);
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || code is >= 0xE0000 and <= 0xE0FFF)
            {
                Assert.False(accepted, $"U+{code:X4}");
            }
            else if (Rune.IsLetterOrDigit(rune) && code is not (0x115F or 0x1160 or 0x3164 or 0xFFA0))
            {
                Assert.True(accepted, $"U+{code:X4}");
            }
        }
    }

    private static bool Apply(ref string value, SafeTextAttribute attribute, out string message)
    {
        var accepted = new SafeTextRule(attribute).TryApply(ref value, default, out var violation);
        message = violation.Message;
        return accepted;
    }
}
