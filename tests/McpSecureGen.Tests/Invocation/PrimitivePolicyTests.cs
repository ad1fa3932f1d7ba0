using McpSecureGen.Hosting;
using McpSecureGen.Invocation;

namespace McpSecureGen.Tests.Invocation;

/// <summary>Bounds that no call can meet are refused where the policy is made, and the error names the method.</summary>
public sealed class PrimitivePolicyTests
{
    private const string Key = "T:App.Tools|M:App.Tools.Run";

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(-1, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(1, -1, false)]
    [InlineData(1, 86_401, false)]
    [InlineData(1, 1, true)]
    [InlineData(int.MaxValue, 86_400, true)]
    public void A_rate_limit_needs_calls_and_time(int permits, int seconds, bool isGood) =>
        Judge(isGood, () => new(Key, "ns", ["read:files"], null) { RateLimit = new RateLimitRule(permits, TimeSpan.FromSeconds(seconds)) });

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(86_401, false)]
    [InlineData(0.001, true)]
    [InlineData(86_400, true)]
    public void A_time_limit_is_above_zero(double seconds, bool isGood) =>
        Judge(isGood, () => new(Key, "ns", ["read:files"], null) { Timeout = TimeSpan.FromSeconds(seconds) });

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void A_length_is_above_zero(int characters, bool isGood) =>
        Judge(isGood, () => new(Key, "ns", ["read:files"], null) { MaxOutput = characters });

    [Theory]
    [InlineData("", false)]
    [InlineData(" \t", false)]
    [InlineData("Sure?", true)]
    public void A_question_has_words(string message, bool isGood) =>
        Judge(isGood, () => new(Key, "ns", ["read:files"], null) { Confirmation = message });

    [Fact]
    public void A_question_is_for_tools()
    {
        var error = Assert.Throws<ArgumentException>(new PrimitivePolicy(Key, "ns", ["read:files"], null) { Confirmation = "Sure?" }.RequireNoConfirmation);

        Assert.Contains(Key, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limits:CallsPerMinute")]
    [InlineData("Limits:Timeout")]
    [InlineData("Limits:MaxOutputCharacters")]
    public void A_setting_below_zero_is_named(string setting)
    {
        var options = new McpSecurityOptions();
        options.Limits.CallsPerMinute = setting.EndsWith("Minute", StringComparison.Ordinal) ? -1 : 0;
        options.Limits.Timeout = setting.EndsWith("Timeout", StringComparison.Ordinal) ? TimeSpan.FromSeconds(-1) : TimeSpan.Zero;
        options.Limits.MaxOutputCharacters = setting.EndsWith("Characters", StringComparison.Ordinal) ? 0 : 1;

        var error = Assert.Throws<McpSecurityConfigurationException>(() => McpSecurityOptionsCheck.Require(options));

        Assert.Contains("McpSecurity:" + setting, Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    private static void Judge(bool isGood, Func<PrimitivePolicy> make)
    {
        if (isGood)
        {
            Assert.NotNull(make());
            return;
        }

        Assert.Contains(Key, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
    }
}
