using System.Diagnostics;
using System.Globalization;
using System.Net;
using CsCheck;
using McpSecureGen.Tests.Support;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen.Tests.Validation.Urls;

/// <summary>Generated text. <c>MCPSEC_FUZZ_SECONDS</c> makes each run so long; 2 seconds without it.</summary>
public sealed class UrlFuzzTests(ITestOutputHelper output)
{
    private static readonly UrlPolicy Policy = UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https"] }, null);

    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("MCPSEC_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 2;

    private static readonly Gen<string> Piece = Gen.OneOf(
        Pick(
            "http", "https", "://", ":", "/", "//", "\\", "?", "#", "@", "%", "%00", "%2e", "%40", "[", "]", "::", "::1", "::ffff:", "127.0.0.1", "0x7f", "0177", "1",
            "2130706433", "localhost", "example", ".", "..", "com", ".com", "xn--", "xn--bcher-kva", "bücher", "①", "。", "ⓛ", "\u200D", "\u202E", "\u00AD", "İ", "ß", ":80", ":0",
            ":22", ":65536", "\t", "\n", " ", "\0", "\uD83D\uDE00", "\uD800", "-", "_", "e\u0301", "internal", "a"),
        Gen.String[0, 8]);

    private static Gen<string> Pick(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static readonly Gen<string> Text = Gen.OneOf(
        Piece.Array[0, 14].Select(static pieces => string.Concat(pieces)),
        Piece.Array[0, 10].Select(static pieces => "https://" + string.Concat(pieces)),
        Gen.Select(Piece, Piece, Piece, static (a, b, c) => $"http://{a}.example.com{b}/{c}"));

    [Fact]
    public void Given_any_text_then_it_is_refused_or_becomes_a_url_that_every_reading_agrees_on()
    {
        var (tried, accepted) = (0, 0);
        Text.Sample(
            text =>
            {
                Interlocked.Increment(ref tried);
                var url = UrlSyntax.Parse(text, Policy, out var fault);
                if (url is null)
                {
                    return fault.StartsWith("must ", StringComparison.Ordinal);
                }

                Interlocked.Increment(ref accepted);
                var again = UrlSyntax.Parse(url.Text, UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https"], MaxLength = 8192 }, null), out _);
                var read = new Uri(url.Text);
                var authority = url.Text[(url.Text.IndexOf("://", StringComparison.Ordinal) + 3)..];
                authority = authority[..authority.IndexOf('/', StringComparison.Ordinal)];
                return again?.Text == url.Text
                    && System.Text.Ascii.IsValid(url.Text)
                    && read.UserInfo.Length == 0
                    && read.Host == url.Host.Text
                    && authority == (read.IsDefaultPort ? url.Host.Text : $"{url.Host.Text}:{read.Port}")
                    && (!IPAddress.TryParse(read.IdnHost, out var address) || SpecialPurposeAddresses.WhyNotPublic(address) is null)
                    && url.Text.AsSpan().IndexOfAny("\\ \r\n\t\0") < 0;
            },
            time: Seconds);
        output.WriteLine($"{tried} texts, {accepted} accepted");
        Assert.True(accepted > 0);
    }

    [Theory]
    [InlineData("https://example.com/", "a")]
    [InlineData("https://example.com/", "a/../")]
    [InlineData("https://example.com/", "%")]
    [InlineData("https://example.com/", "%2e/")]
    [InlineData("https://example.com/", "é")]
    [InlineData("https://", "a.")]
    [InlineData("https://", "①")]
    [InlineData("https://", "é.")]
    [InlineData("https://", "xn--a.")]
    [InlineData("https://", "[")]
    [InlineData("https://[", ":")]
    [InlineData("https://", "@")]
    [InlineData("https://", "1.")]
    [InlineData("https://example.com?", "?&=")]
    public void Given_a_text_ten_times_as_long_then_it_takes_about_ten_times_as_long(string prefix, string repeated)
    {
        var policy = UrlPolicy.Of(new SafeUrlAttribute { MaxLength = 8192 }, null);
        var measured = "";
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // Other tests run at the same time: one quiet moment is enough to see that it is not the parser.
            var (shorter, longer) = (Fastest(800), Fastest(8_000));
            if (longer < Math.Max(shorter, 0.05) * 30)
            {
                return;
            }

            measured += $" {shorter} ms and {longer} ms;";
        }

        Assert.Fail(measured);

        double Fastest(int length)
        {
            var text = prefix + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length));
            return ProcessorTime.Fastest(5, () => UrlSyntax.Parse(text, policy, out var _)).TotalMilliseconds;
        }
    }
}
