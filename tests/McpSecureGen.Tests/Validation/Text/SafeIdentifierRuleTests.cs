using McpSecureGen.Hosting;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Tests.Validation.Text;

public sealed class SafeIdentifierRuleTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("_")]
    [InlineData("orders")]
    [InlineData("Order_2024")]
    [InlineData("__a1")]
    public void Given_an_identifier_then_it_passes_with_and_without_qualification(string value)
    {
        Assert.True(Accepts(value, qualified: false));
        Assert.True(Accepts(value, qualified: true));
    }

    [Theory]
    [InlineData("schema.table")]
    [InlineData("db.schema.table")]
    [InlineData("_._1")]
    public void Given_identifiers_joined_by_dots_then_only_the_attribute_lets_them_pass(string value)
    {
        Assert.False(Accepts(value, qualified: false));
        Assert.True(Accepts(value, qualified: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("a;b")]
    [InlineData("a'")]
    [InlineData("\"a\"")]
    [InlineData("[a]")]
    [InlineData("`a`")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("a--")]
    [InlineData("a/**/")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a.1b")]
    [InlineData("a.b c")]
    [InlineData("ärger")]
    [InlineData("a２")]
    [InlineData("ａ")]
    [InlineData("a\u0660")]
    [InlineData("\u212A")]
    [InlineData("a$")]
    [InlineData("@a")]
    [InlineData("#a")]
    public void Given_anything_else_then_it_is_refused_with_and_without_qualification(string value)
    {
        Assert.False(Accepts(value, qualified: false));
        Assert.False(Accepts(value, qualified: true));
    }

    [Fact]
    public void Given_every_character_then_only_those_of_ASCII_words_pass()
    {
        for (var c = char.MinValue; c < char.MaxValue; c++)
        {
            Assert.Equal(char.IsAsciiLetterOrDigit(c) || c == '_', Accepts($"a{c}", qualified: true));
            Assert.Equal(char.IsAsciiLetter(c) || c == '_', Accepts($"{c}a", qualified: true));
        }
    }

    [Fact]
    public void Given_a_length_then_one_character_more_is_refused_and_zero_does_not_start()
    {
        Assert.True(Accepts(new string('a', 128), qualified: false));
        Assert.False(Accepts(new string('a', 129), qualified: false));
        Assert.Throws<McpSecurityConfigurationException>(() => new SafeIdentifierRule(new SafeIdentifierAttribute { MaxLength = 0 }));
    }

    private static bool Accepts(string value, bool qualified) =>
        new SafeIdentifierRule(new SafeIdentifierAttribute { AllowQualified = qualified }).TryApply(ref value, default, out _);
}
