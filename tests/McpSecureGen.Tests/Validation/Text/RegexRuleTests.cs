using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using McpSecureGen.Hosting;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Tests.Validation.Text;

public sealed class RegexRuleTests
{
    /// <summary>Patterns that are known to blow up, and the text that makes them.</summary>
    public static TheoryData<string, string> Evil => new()
    {
        { "^(a+)+$", new string('a', 40) + "!" },
        { "^(a|a)*$", new string('a', 40) + "!" },
        { "^(a|aa)+$", new string('a', 60) + "!" },
        { "^(a*)*$", new string('a', 40) + "!" },
        { "^([a-zA-Z]+)*$", new string('a', 40) + "!" },
        { "^(.*a){20}$", new string('a', 40) + "!" },
        { @"^(\w+\s?)*$", new string('a', 60) + "!" },
        { @"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$", new string('a', 60) + "!" },
        { @"^(([a-z])+.)+[A-Z]([a-z])+$", new string('a', 60) },
        { @"^\s+|\s+$", new string(' ', 20000) + "x" },
        { @"(x+x+)+y", new string('x', 60) },
        { @"^(\d+)*$", new string('1', 60) + "x" },
        { @"^<([a-z]+)(\s+[a-z]+=""[^""]*"")*\s*>$", "<a" + string.Concat(Enumerable.Repeat(" a=\"\"", 2000)) },
        { @"^(?:[^,]*,)*[^,]*x$", new string(',', 20000) },

        // These need backtracking: the time limit refuses them.
        { @"^(?=(a+)+$)b", new string('a', 40) + "!" },
        { @"^(a+)+\1$", new string('a', 40) + "!" },
        { @"^(?!b)(a+)+$", new string('a', 40) + "!" },
    };

    [Theory]
    [MemberData(nameof(Evil))]
    public void Given_a_pattern_that_blows_up_then_the_answer_is_no_and_soon(string pattern, string value)
    {
        var rule = Rule(pattern);
        var clock = Stopwatch.StartNew();

        Assert.False(Accepts(rule, value));

        // 250 ms is the limit of one match; the rest is a machine with other things to do.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("[a-z]+")]
    [InlineData(@"^\p{L}{1,20}$")]
    [InlineData(@"\bword\b")]
    [InlineData("^a*?b$")]
    public void Given_a_pattern_without_lookarounds_then_it_runs_in_linear_time(string pattern) => Assert.True(Rule(pattern).IsLinear);

    [Theory]
    [InlineData("(?=a)a")]
    [InlineData(@"(a)\1")]
    [InlineData("(?>a)b")]
    [InlineData("((a{100}){100}){100}")]
    public void Given_a_pattern_that_needs_more_then_it_runs_with_a_time_limit(string pattern) => Assert.False(Rule(pattern).IsLinear);

    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData(@"^a\z", "a", true)]
    [InlineData("a", "ba", false)]
    [InlineData("a", "ab", false)]
    [InlineData("a|ab", "ab", false)]
    [InlineData("ab|a", "ab", true)]
    [InlineData("a*", "", true)]
    [InlineData("a+", "", true)]
    [InlineData("(?=.*[0-9])[a-z0-9]+", "abc1", true)]
    [InlineData("(?=.*[0-9])[a-z0-9]+", "abc", false)]
    [InlineData(@"(a)\1", "aa", true)]
    [InlineData("a{0}b", "b", true)]
    [InlineData("a*?", "aaa", false)]
    public void Given_text_then_the_rule_says_what_the_attribute_says(string pattern, string value, bool isAccepted)
    {
        Assert.Equal(isAccepted, new RegularExpressionAttribute(pattern).IsValid(value));
        Assert.Equal(isAccepted, Accepts(Rule(pattern), value));
    }

    [Fact]
    public void Given_any_text_over_a_small_alphabet_then_the_rule_says_what_the_attribute_says()
    {
        string[] patterns = ["a|ab", "(a|b)*abb", "a{2,3}", "^a?b*$", "(?:ab?)+", "[^a]+", "a.b", "b*?a", "$a", @"\Aa+\z", "(?m)^a$", "(?s)a.b", @"\w+", "(?i)AB"];
        string[] texts = [.. Words("ab\n", 5)];
        foreach (var pattern in patterns)
        {
            var (attribute, rule) = (new RegularExpressionAttribute(pattern), Rule(pattern));
            foreach (var text in texts)
            {
                Assert.True(attribute.IsValid(text) == Accepts(rule, text), $"{pattern} on {text}");
            }
        }
    }

    [Fact]
    public void Given_a_Turkish_server_then_it_decides_as_any_other()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.True(Accepts(Rule("(?i)file"), "FILE"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Given_a_pattern_that_is_none_then_the_server_does_not_start()
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => Rule("("));
        Assert.Contains("[RegularExpression(\"(\")] of 'id'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_refusal_then_it_states_the_pattern_or_the_message_of_the_author()
    {
        var value = "1";
        Assert.False(Rule("[a-z]+").TryApply(ref value, default, out var violation));
        Assert.Equal(("RegularExpression", "must match the regular expression '[a-z]+'"), (violation.Rule, violation.Message));
        Assert.False(new RegexRule(new RegularExpressionAttribute("[a-z]+") { ErrorMessage = "Letters only." }, "id").TryApply(ref value, default, out violation));
        Assert.Equal("is not valid: Letters only", violation.Message);
    }

    private static IEnumerable<string> Words(string alphabet, int length) =>
        length == 0 ? [""] : Words(alphabet, length - 1).SelectMany(word => word.Length < length - 1 ? [word] : (IEnumerable<string>)[word, .. alphabet.Select(c => word + c)]);

    private static RegexRule Rule(string pattern) => new(new RegularExpressionAttribute(pattern), "id");

    private static bool Accepts(RegexRule rule, string value) => rule.TryApply(ref value, default, out _);
}
