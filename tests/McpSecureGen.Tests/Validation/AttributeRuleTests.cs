using System.ComponentModel.DataAnnotations;
using McpSecureGen.Validation;

namespace McpSecureGen.Tests.Validation;

public sealed class AttributeRuleTests
{
    [Fact]
    public void Given_a_range_When_applied_Then_the_constraint_is_stated_and_the_value_is_not()
    {
        Assert.Null(Violation(new RangeAttribute(1, 5), 5));
        Assert.Equal(new RuleViolation("Range", "must be between 1 and 5"), Violation(new RangeAttribute(1, 5), 987654));
    }

    [Fact]
    public void Given_attributes_of_the_framework_When_applied_Then_good_passes_and_bad_does_not()
    {
        Assert.Null(Violation(new StringLengthAttribute(3), "abc"));
        Assert.Equal("StringLength", Violation(new StringLengthAttribute(3), "abcd")!.Value.Rule);
        Assert.Null(Violation(new AllowedValuesAttribute("a", "b"), "a"));
        Assert.NotNull(Violation(new AllowedValuesAttribute("a", "b"), "c"));
        Assert.Null(Violation(new MaxLengthAttribute(2), (int[])[1, 2]));
        Assert.NotNull(Violation(new MaxLengthAttribute(2), (int[])[1, 2, 3]));
        Assert.Null(Violation(new EmailAddressAttribute(), "a@b.example"));
        Assert.NotNull(Violation(new EmailAddressAttribute(), "a"));
    }

    [Fact]
    public void Given_a_pattern_When_a_line_feed_follows_the_match_Then_it_is_refused()
    {
        Assert.Null(Violation(new RegularExpressionAttribute("^[a-z]+$"), "abc"));
        Assert.NotNull(Violation(new RegularExpressionAttribute("^[a-z]+$"), "abc\n"));
    }

    [Fact]
    public void Given_a_pattern_that_backtracks_When_time_is_up_Then_it_is_refused()
    {
        var attribute = new RegularExpressionAttribute("^(a+)+$") { MatchTimeoutInMilliseconds = 50 };
        Assert.Null(Violation(attribute, "aaa"));
        Assert.Equal("could not be checked and is refused", Violation(attribute, new string('a', 40) + "!")!.Value.Message);
    }

    [Fact]
    public void Given_an_attribute_that_throws_When_applied_Then_the_value_is_refused_and_nothing_of_it_shown()
    {
        var violation = Violation(new BrokenAttribute(), "hunter2")!.Value;
        Assert.Equal("Broken", violation.Rule);
        Assert.DoesNotContain("hunter2", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_attribute_that_quotes_the_value_When_refused_Then_the_quote_is_not_shown()
    {
        var violation = Violation(new QuotingAttribute(), "hunter2")!.Value;
        Assert.Equal(new RuleViolation("Quoting", "is not valid: Choose another"), violation);
    }

    [Fact]
    public void Given_an_attribute_that_needs_a_service_When_it_is_there_Then_it_decides_and_without_it_refuses()
    {
        Assert.Null(Violation(new NeedsClockAttribute(), "x", new Services()));
        Assert.NotNull(Violation(new NeedsClockAttribute(), "x"));
    }

    private static RuleViolation? Violation<T>(ValidationAttribute attribute, T value, IServiceProvider? services = null) =>
        new AttributeRule<T>(attribute, "count").TryApply(ref value, new ValidationScope(services, null), out var violation) ? null : violation;

    private sealed class BrokenAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => throw new FormatException($"cannot read {value}");
    }

    private sealed class QuotingAttribute() : ValidationAttribute("Choose another.")
    {
        protected override ValidationResult IsValid(object? value, ValidationContext validationContext) => new($"{value} is taken");
    }

    private sealed class NeedsClockAttribute : ValidationAttribute
    {
        public override bool RequiresValidationContext => true;

        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            ((TimeProvider)validationContext.GetService(typeof(TimeProvider))!).GetUtcNow() > DateTimeOffset.MinValue ? ValidationResult.Success : new ValidationResult("no");
    }

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? TimeProvider.System : null;
    }
}
