using System.Globalization;
using System.Text;
using McpSecureGen.Hosting;
using McpSecureGen.Validation.Processes;

namespace McpSecureGen.Tests.Validation.Processes;

public sealed class SafeArgumentRuleTests
{
    public static TheoryData<string> Leads => ["-x", "--output=/etc/x", "-", "--", "+x", "@file", "–x", "—x", "−x", "－x", "‐x", "‑x", "﹣x", "⁻x", "₋x", "˗x", "＋x", "﹢x", "⁺x", "＠x", "﹫x", "\u00A0-x", "  -x", "\u3000−x"];

    [Theory]
    [MemberData(nameof(Leads))]
    public void Given_an_option_or_what_becomes_one_then_it_is_refused_unless_the_author_allows_it(string value)
    {
        Assert.Contains("must not begin", Fault(value, new SafeArgumentAttribute()), StringComparison.Ordinal);
        Assert.Null(Fault(value, new SafeArgumentAttribute { AllowLeadingDash = true }));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("feature/x-1")]
    [InlineData("v1.2.3-rc.1+build.5")]
    [InlineData(">=1.2.3 <2 || ~3.1")]
    [InlineData("HEAD~3..HEAD^2")]
    [InlineData("/srv/data/my file (1).txt")]
    [InlineData("a..b")]
    [InlineData(".gitignore")]
    [InlineData("user@example.com")]
    [InlineData("$(id); `id` && rm -rf / | cat > x")]
    [InlineData("日本語 ファイル.txt")]
    [InlineData("👩🏽‍💻 emoji")]
    [InlineData("e\u0301 -x")]
    [InlineData("%PATH% \"quoted\" 'single' \\ ^")]
    public void Given_ordinary_text_and_what_only_a_shell_would_read_then_it_passes_unchanged(string value)
    {
        var before = value;
        Assert.Null(Fault(value, new SafeArgumentAttribute()));
        Assert.True(new SafeArgumentRule(new SafeArgumentAttribute()).TryApply(ref value, default, out _));
        Assert.Same(before, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0--force")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("a\tb")]
    [InlineData("a\u001b[2J")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")]
    [InlineData("\u200B-x")]
    [InlineData("\uFEFF-x")]
    [InlineData("\u00AD-x")]
    [InlineData("a\U000E0041")]
    public void Given_text_that_a_program_gets_otherwise_than_it_is_shown_then_it_is_refused_whatever_is_allowed(string value)
    {
        Assert.NotNull(Fault(value, new SafeArgumentAttribute()));
        Assert.NotNull(Fault(value, new SafeArgumentAttribute { AllowLeadingDash = true }));
    }

    [Fact]
    public void Given_a_lone_surrogate_then_it_is_refused()
    {
        Assert.NotNull(Fault("a\uD800", new SafeArgumentAttribute()));
        Assert.NotNull(Fault("\uDC00\uD800", new SafeArgumentAttribute()));
    }

    [Fact]
    public void Given_Windows_then_a_slash_begins_an_option_and_on_Unix_a_path()
    {
        foreach (var value in (string[])["/c", "/y", "／c", " /c"])
        {
            Assert.NotNull(Fault(value, new SafeArgumentAttribute(), isWindows: true));
            Assert.Null(Fault(value, new SafeArgumentAttribute { AllowLeadingDash = true }, isWindows: true));
            Assert.Null(Fault(value, new SafeArgumentAttribute(), isWindows: false));
        }
    }

    [Fact]
    public void Given_every_code_point_then_those_that_become_a_sign_by_compatibility_are_refused_at_the_front()
    {
        for (var code = 0x80; code <= 0x10FFFF; code++)
        {
            // Noncharacters have no normal form; the rule has refused them before.
            if (!Rune.IsValid(code) || (code & 0xFFFE) == 0xFFFE || code is >= 0xFDD0 and <= 0xFDEF)
            {
                continue;
            }

            var text = new Rune(code).ToString();
            var form = text.Normalize(NormalizationForm.FormKC).TrimStart();
            var becomesSign = form.Length > 0 && (form[0] is '-' or '+' or '@' or '\u2212' || CharUnicodeInfo.GetUnicodeCategory(form, 0) == UnicodeCategory.DashPunctuation);
            if (becomesSign)
            {
                Assert.True(ArgumentLead.IsOption(text + "x", isWindows: false), $"U+{code:X4}");
            }
        }
    }

    [Theory]
    [InlineData("[a-z]+", "abc", true)]
    [InlineData("[a-z]+", "abc ", false)]
    [InlineData("[a-z]+$", "abc\n", false)]
    [InlineData("a|ab", "ab", true)]
    [InlineData("a|b", "ax", false)]
    [InlineData("^v\\d+(\\.\\d+)*$", "v1.2.3", true)]
    [InlineData("(?i)head", "HEAD", true)]
    [InlineData("(?x) a b # comment\n", "ab", true)]
    public void Given_a_pattern_then_it_is_for_the_whole_value(string pattern, string value, bool isAccepted) =>
        Assert.Equal(isAccepted, Fault(value, new SafeArgumentAttribute { Pattern = pattern }) is null);

    [Theory]
    [InlineData("(?=a)b")]
    [InlineData("(a)\\1")]
    [InlineData("(?>a+)b")]
    [InlineData("a)|(b")]
    [InlineData("(")]
    [InlineData("(?x)a #")]
    public void Given_a_pattern_that_cannot_run_in_linear_time_or_is_none_then_the_server_does_not_start(string pattern)
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => new SafeArgumentRule(new SafeArgumentAttribute { Pattern = pattern }));
        Assert.Contains("[SafeArgument(Pattern = ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_length_then_one_character_more_is_refused_and_zero_does_not_start()
    {
        Assert.Null(Fault(new string('a', 1024), new SafeArgumentAttribute()));
        Assert.NotNull(Fault(new string('a', 1025), new SafeArgumentAttribute()));
        Assert.Throws<McpSecurityConfigurationException>(() => new SafeArgumentRule(new SafeArgumentAttribute { MaxLength = 0 }));
    }

    private static string? Fault(string value, SafeArgumentAttribute attribute, bool? isWindows = null) =>
        new SafeArgumentRule(attribute, isWindows).TryApply(ref value, default, out var violation) ? null : violation.Message;
}
