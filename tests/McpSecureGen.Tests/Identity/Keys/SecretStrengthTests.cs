using System.Security.Cryptography;
using System.Text;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity.Keys;

public sealed class SecretStrengthTests
{
    private static string? ProblemOf(byte[] secret) => SecretStrength.Problem(secret, TestTokens.Segment(secret));

    private static string? ProblemOfSpelling(string spelling) =>
        SecretStrength.Problem(System.Buffers.Text.Base64Url.DecodeFromChars(spelling), spelling);

    [Theory]
    [InlineData(32, 10_000)]
    [InlineData(33, 1000)]
    [InlineData(48, 1000)]
    [InlineData(64, 1000)]
    [InlineData(512, 100)]
    public void Given_random_bytes_then_accepted(int length, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var secret = RandomNumberGenerator.GetBytes(length);
            Assert.True(ProblemOf(secret) is null, Convert.ToHexString(secret));
        }
    }

    [Theory]
    [InlineData("this is my very secret signing key")]
    [InlineData("correct-horse-battery-staple-correct-horse")]
    [InlineData("VGhpcyBpcyBub3QgYSBzZWNyZXQgYXQgYWxsLCBqdXN0IHRleHQ=")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("Пароль для подписи токенов")]
    [InlineData("パスワードは秘密です。誰にも言わないで")]
    [InlineData("a password with a line end after it\n")]
    public void Given_text_then_refused_in_every_encoding(string text)
    {
        Assert.Equal("its bytes are text", ProblemOf(Encoding.UTF8.GetBytes(text)));
        Assert.NotNull(ProblemOf(Encoding.Unicode.GetBytes(text)));
        Assert.NotNull(ProblemOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))));
        Assert.NotNull(ProblemOf(Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(text)))));
    }

    [Fact]
    public void Given_a_pattern_then_refused()
    {
        byte[] Made(int length, Func<int, int> value) => [.. Enumerable.Range(0, length).Select(at => (byte)value(at))];

        Assert.NotNull(ProblemOf(new byte[64]));
        Assert.NotNull(ProblemOf(Made(32, _ => 0xff)));
        Assert.NotNull(ProblemOf(Made(32, at => at)));
        Assert.NotNull(ProblemOf(Made(48, at => 200 + at)));
        Assert.NotNull(ProblemOf(Made(40, at => 255 - (3 * at))));
        Assert.NotNull(ProblemOf(Made(32, at => at % 2 == 0 ? 0xaa : 0x55)));
        var half = RandomNumberGenerator.GetBytes(16);
        Assert.NotNull(ProblemOf([.. half, .. half]));
        Assert.Null(ProblemOf([.. half, .. RandomNumberGenerator.GetBytes(16)]));
        Assert.NotNull(ProblemOf(RandomNumberGenerator.GetBytes(31)));
    }

    [Theory]
    [InlineData("this-is-the-secret-that-signs-all-of-our-tokens-")]
    [InlineData("THIS_IS_THE_SECRET_THAT_SIGNS_ALL_OF_OUR_TOKENS_")]
    [InlineData("16f8c0ef4a5d391b26034086c628469d3f9f497f08163ab9b40137092f2909ef")]
    [InlineData("AbCdAbCdAbCdAbCdAbCdAbCdAbCdAbCdAbCdAbCdAbCdAbCd")]
    public void Given_words_where_base64url_belongs_then_refused(string spelling) => Assert.NotNull(ProblemOfSpelling(spelling));
}
