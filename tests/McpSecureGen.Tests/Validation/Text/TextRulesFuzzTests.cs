using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using CsCheck;
using McpSecureGen.Tests.Support;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Processes;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Tests.Validation.Text;

/// <summary>Whatever the text, the rules answer yes or no, in a time that grows with its length; what they accept keeps their promise.</summary>
/// <remarks>A longer run: <c>MCPSEC_FUZZ_SECONDS=60 dotnet test --filter TextRulesFuzzTests</c>.</remarks>
public sealed class TextRulesFuzzTests
{
    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("MCPSEC_FUZZ_SECONDS"), out var seconds) ? seconds : 1;

    // Text of what matters: signs at the front, controls, surrogates in any order, joiners, selectors, tags, and anything else.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char[' ', '~'].Select(static c => c.ToString()),
        Gen.Char.Select(static c => c.ToString()),
        OneOf("-", "--", "+", "@", "–", "−", "＋", "/", "\0", "\n", "\r", "\t", "\u001b", "\u0085", "\u2028", "\u202E", "\u200B", "\u200C", "\u200D", "\uFE0F", "\u00AD", "\uFEFF"),
        OneOf("\uD800", "\uDC00", "😀", "👨", "🏽", "\U000E0041", "\U000E0100", "葛", "क", "्", "م", "e\u0301", "_", ".", "a", "1", " "))
        .Array[0, 24].Select(string.Concat);

    private static readonly IValueRule<string>[] Rules =
    [
        new SafeTextRule(new SafeTextAttribute { MaxLength = 500_000 }),
        new SafeTextRule(new SafeTextAttribute { AllowNewLines = true, MaxLength = 500_000 }),
        new SafeArgumentRule(new SafeArgumentAttribute { MaxLength = 500_000 }),
        new SafeArgumentRule(new SafeArgumentAttribute { AllowLeadingDash = true, MaxLength = 500_000 }),
        new SafeArgumentRule(new SafeArgumentAttribute { Pattern = @"(\w+\s?)*x", MaxLength = 500_000 }, isWindows: true),
        new SafeIdentifierRule(new SafeIdentifierAttribute { MaxLength = 500_000 }),
        new SafeIdentifierRule(new SafeIdentifierAttribute { AllowQualified = true, MaxLength = 500_000 }),
        new RegexRule(new RegularExpressionAttribute("^(a+)+$"), "x"),
    ];

    [Fact]
    public void Given_any_text_then_every_rule_answers_and_leaves_the_value_or_its_canonical_form()
    {
        var clock = Stopwatch.StartNew();
        Texts.Sample(
            static text =>
            {
                foreach (var rule in Rules)
                {
                    var value = text;
                    var accepted = rule.TryApply(ref value, default, out var violation);
                    Assert.Equal(text, value);
                    Assert.Equal(accepted, string.IsNullOrEmpty(violation.Message));
                }
            },
            time: Seconds);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(Seconds + 30));
    }

    [Fact]
    public void Given_any_text_that_is_accepted_then_it_keeps_the_promise() => Texts.Sample(
        static text =>
        {
            foreach (var rule in Rules.Take(7))
            {
                var value = text;
                if (!rule.TryApply(ref value, default, out _))
                {
                    continue;
                }

                // As UTF-8 and back it is the same, so a program and a log get what was checked.
                Assert.Equal(text, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)));
                Assert.DoesNotContain(text, static c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
                if (rule is SafeArgumentRule or SafeIdentifierRule)
                {
                    Assert.NotEqual("", text);
                    Assert.True(ProcessEnvironment.IsPlain(text));
                }
            }
        },
        time: Seconds);

    [Fact]
    public void Given_text_of_four_hundred_thousand_characters_then_every_rule_answers_soon()
    {
        foreach (var unit in (string[])["a", "a ", "-", "a.", "e\u0301", "👨‍👩", "क्‍ष", "a\uFE0F", "日", "\uD800", "_1."])
        {
            var text = Repeat(unit, 400_000);
            foreach (var rule in Rules)
            {
                var value = text;
                RuleViolation violation = default;
                var cost = ProcessorTime.Fastest(1, () => rule.TryApply(ref value, default, out violation));

                // In linear time some 10 ms; in quadratic time minutes.
                Assert.True(cost < TimeSpan.FromSeconds(3), $"{rule.GetType().Name} on '{unit}': {cost} ({violation.Message})");
            }
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));
}
