using McpSecureGen.Http;

namespace McpSecureGen.AspNetCore.Tests.Http;

public sealed class ChallengeTests
{
    [Fact]
    public void Parameters_stand_in_one_challenge() => Assert.Equal(
        "Bearer error=\"insufficient_scope\", scope=\"a:b c:d/e\", resource_metadata=\"https://x\"", Challenge.Bearer("insufficient_scope", ["a:b", "c:d/e"], "https://x"));

    [Fact]
    public void Challenge_without_anything_to_say_has_a_parameter_all_the_same() => Assert.Equal("Bearer realm=\"mcp\"", Challenge.Bearer(null, [], null));

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a\r\nX: y")]
    [InlineData("\u00e9")]
    [InlineData("")]
    public void What_is_no_scope_is_left_out(string scope) => Assert.Equal("Bearer resource_metadata=\"https://x\"", Challenge.Bearer(null, ["good", scope], "https://x"));

    [Fact]
    public void Quotes_and_backslashes_are_escaped() => Assert.Equal("DPoP resource_metadata=\"a\\\"b\\\\c\", algs=\"ES256\"", Challenge.DPoP(null, [], "a\"b\\c", "ES256"));
}
