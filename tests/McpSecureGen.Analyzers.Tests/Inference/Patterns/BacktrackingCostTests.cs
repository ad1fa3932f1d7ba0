using System.Diagnostics;
using System.Text.RegularExpressions;
using McpSecureGen.Analyzers.Inference.Patterns;

namespace McpSecureGen.Analyzers.Tests.Inference.Patterns;

/// <summary>The judgement on patterns, held against the engine: what is called exponential must really be slow on the text that is named.</summary>
public sealed class BacktrackingCostTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(@"^(a+)+$")]
    [InlineData(@"(a+)+b")]
    [InlineData(@"^(a*)*$")]
    [InlineData(@"^((a)|(a))*$")]
    [InlineData(@"^(a|aa)+$")]
    [InlineData(@"^(a|a?)+$")]
    [InlineData(@"^(.*)*$x")]
    [InlineData(@"^(.*a){20}$")]
    [InlineData(@"^((\w)|(\d))+$")]
    [InlineData(@"^([a-z]+|[a-m])*\z")]
    [InlineData(@"^(\w+\s?)*$")]
    [InlineData(@"^(\w+[-.]?)+@x$")]
    [InlineData(@"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$")]
    [InlineData(@"^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData(@"^(\d+|\d+\.)*$")]
    [InlineData(@"^((ab)*c?|a?b?)*$")]
    [InlineData(@"^(?:[^/]+/?)*x$")]
    [InlineData(@"^(?i)(k+|\u212A)+$")]
    [InlineData(@"^(?=(a+)+$)a*b")]
    [InlineData(@"^(?:(a|b)|(b|c))*$")]
    [InlineData(@"^(\p{L}|(\w))+!$")]
    [InlineData(@"^(x+x+)+y$")]
    [InlineData(@"^(?<w>\w+\s*)+:$")]
    [InlineData(@"^""(?:[^""]|\\.|\w)*""$")]
    [InlineData(@"^(a{1,30}){1,30}$")]
    public void Given_an_exponential_pattern_It_is_found_and_the_engine_agrees(string pattern)
    {
        var found = BacktrackingCost.Of(pattern, RegexOptions.None);
        Assert.NotNull(found);
        Assert.Null(found.Degree);
        AssertSlow(pattern, found, [8, 12, 16, 20, 24, 28, 32, 40, 60, 100]);
    }

    [Theory]
    [InlineData(@"^(\d+)(\d+)(\d+)$")]
    [InlineData(@"^(.*)(.*)(.*)x$")]
    [InlineData(@"^(\s*)(\s*)\s*;$")]
    [InlineData(@"^(\w+)(\w*)(\w+)!$")]
    [InlineData(@"(\w+)\w+[!?]")]
    [InlineData(@"^[a-z]*[a-z0-9]*\w*$")]
    [InlineData(@"^.*,.*,.*,x$")]
    public void Given_a_pattern_with_the_third_power_It_is_found_and_the_engine_agrees(string pattern)
    {
        var found = BacktrackingCost.Of(pattern, RegexOptions.None);
        Assert.NotNull(found);
        Assert.Equal(3, found.Degree);
        AssertSlow(pattern, found, [100, 200, 400, 800, 1600, 3200, 6400, 12800]);
    }

    /// <summary>The engine makes one loop or one set of these, so they are linear in .NET; so does the analysis.</summary>
    [Theory]
    [InlineData(@"^(?:a+)+$")]
    [InlineData(@"^(\w|\d)+$")]
    [InlineData(@"^(a|a)*$")]
    [InlineData(@"^(?:(?:a|b)|(?:b|c))*$")]
    [InlineData(@"^\d+\d+\d+$")]
    [InlineData(@"^.*.*.*x$")]
    public void Given_a_pattern_that_the_engine_simplifies_It_is_not_found_and_the_engine_agrees(string pattern)
    {
        Assert.Null(BacktrackingCost.Of(pattern, RegexOptions.None));
        foreach (var letter in "a0b")
        {
            Assert.DoesNotMatch(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), new string(letter, 3_000) + "!");
        }
    }

    [Fact]
    public void Given_ordinary_patterns_None_is_found()
    {
        var clock = Stopwatch.StartNew();
        var found = OrdinaryPatterns.All
            .Select(pattern => (Pattern: pattern, Found: BacktrackingCost.Of(pattern, RegexOptions.None)))
            .Where(static p => p.Found is not null)
            .Select(static p => $"{p.Pattern}: {p.Found}");
        Assert.Equal("", string.Join("\n", found));
        Assert.True(OrdinaryPatterns.All.Distinct(StringComparer.Ordinal).Count() >= 150);
        output.WriteLine($"{OrdinaryPatterns.All.Length} ordinary patterns, none found, {clock.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public void Given_ordinary_patterns_All_are_understood() => Assert.All(OrdinaryPatterns.All, static pattern =>
    {
        _ = new Regex(pattern);
        Assert.NotNull(PatternParser.Parse(pattern, RegexOptions.None));
    });

    [Theory]
    [InlineData(@"^(a+)+")]
    [InlineData(@"^(\w+\s?)*")]
    [InlineData(@"(a|a)*")]
    public void Given_an_ambiguous_loop_after_which_nothing_can_fail_It_is_not_found(string pattern) => Assert.Null(BacktrackingCost.Of(pattern, RegexOptions.None));

    /// <summary>The text that is named makes the engine exceed a quarter of a second at one of the sizes, which ordinary matching never does.</summary>
    private void AssertSlow(string pattern, Blowup found, int[] sizes)
    {
        var regex = new Regex(pattern, RegexOptions.None, TimeSpan.FromMilliseconds(250));
        foreach (var size in sizes)
        {
            var text = found.Prefix + string.Concat(Enumerable.Repeat(found.Pump, size)) + found.Suffix;
            try
            {
                Assert.False(regex.IsMatch(text), $"{pattern} matches what it should fail on: {found}");
            }
            catch (RegexMatchTimeoutException)
            {
                output.WriteLine($"{pattern}: more than 250 ms on {text.Length} characters");
                return;
            }
        }

        Assert.Fail($"{pattern} is fast on {found}");
    }
}
