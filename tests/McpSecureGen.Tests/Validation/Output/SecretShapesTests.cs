using McpSecureGen.Tests.Support;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Tests.Validation.Output;

/// <summary>Each shape finds a sample of its kind and leaves its look-alike. Samples are put together here, so that no scanner takes them for real ones.</summary>
public sealed class SecretShapesTests
{
    private static readonly string B64 = string.Concat(Enumerable.Repeat("QUJDREVGR0hJSktM", 8));
    private static readonly string Word = string.Concat(Enumerable.Repeat("a1B2c3D4e5", 30));
    private static readonly string Hex = string.Concat(Enumerable.Repeat("0123456789abcdef", 8));

    private static readonly (string Name, string Secret, string Harmless)[] Samples =
    [
        ("private key", "-----BEGIN " + "RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + B64 + "\n" + B64 + "\n-----END RSA PRIVATE KEY-----", "-----BEGIN PUBLIC KEY-----\n" + B64 + "\n-----END PUBLIC KEY-----"),
        ("aws access key id", "AK" + "IA" + "QYLPMN5HHHFPZAM2", "AKIA is a prefix"),
        ("github token", "gh" + "p_" + Word[..36], "ghp_short"),
        ("github token", "github" + "_pat_" + Word[..82], "github_pat_docs"),
        ("gitlab token", "gl" + "pat-" + Word[..20], "glpat-1"),
        ("slack token", "xo" + "xb-" + "123456789012-" + Word[..24], "xoxb-"),
        ("slack webhook", "https://hooks.slack" + ".com/services/T00000000/B00000000/" + Word[..24], "https://hooks.slack.com/services"),
        ("google api key", "AI" + "za" + Word[..35], "AIzaShort"),
        ("google oauth secret", "GOC" + "SPX-" + Word[..28], "GOCSPX-x"),
        ("stripe key", "sk" + "_live_" + Word[..24], "task_lives_here"),
        ("npm token", "np" + "m_" + Word[..36], "npm_config_registry"),
        ("pypi token", "pypi-" + "AgEIcHlwaS5vcmc" + Word[..60], "pypi-server"),
        ("nuget key", "oy" + "2" + Hex[..43], "oy2abc"),
        ("docker token", "dckr" + "_pat_" + Word[..27], "dckr_pat_x"),
        ("openai key", "sk-" + "proj-" + Word[..48], "sk-proj-docs"),
        ("anthropic key", "sk-" + "ant-api03-" + Word[..93], "sk-ant-api03"),
        ("hugging face token", "h" + "f_" + Word[..34], "hf_hub_download"),
        ("sendgrid key", "S" + "G." + Word[..22] + "." + Word[..43], "SG.1"),
        ("digitalocean token", "dop" + "_v1_" + Hex[..64], "dop_v1_x"),
        ("shopify token", "shp" + "at_" + Hex[..32], "shpat_x"),
        ("vault token", "hv" + "s." + Word[..28], "hvs.example"),
        ("age key", "AGE-SECRET" + "-KEY-1" + new string('Q', 58), "AGE-SECRET-KEY-1 is the prefix"),
        ("json web token", "ey" + "J" + Word[..20] + ".eyJ" + Word[..40] + "." + Word[..43], "eyJhbGciOiJIUzI1NiJ9 alone"),
        ("azure storage key", "Account" + "Key=" + B64[..86] + "==", "AccountKey=<your key>"),
        ("azure shared access key", "SharedAccess" + "Key=" + B64[..43] + "=", "SharedAccessKey=<key>"),
        ("azure shared access signature", "https://x.blob.example/c?sv=2024&si" + "g=" + Word[..43] + "%3D", "sig=abc"),
        ("connection string password", "Server=db;User Id=app;Pass" + "word=hunter2!;", "var password = GetPassword();"),
        ("password in a url", "postgres://app:" + "long-hunter2-word@h", "https://example.com:8443/a@b"),
    ];

    [Fact]
    public void Every_shape_finds_its_kind_and_leaves_its_look_alike()
    {
        var rules = OutputRules.Create(new OutputOptions { RedactSecrets = true }, null);
        Assert.Equal(SecretShapes.All.Count, Samples.Length);
        for (var i = 0; i < Samples.Length; i++)
        {
            var (name, secret, harmless) = Samples[i];
            Assert.Equal(SecretShapes.All[i].Name, name);
            Assert.NotEmpty(SecretShapes.All[i].Source);
            var answer = rules.Redact($"before {secret} after");
            Assert.Contains($"[redacted: {name}]", answer, StringComparison.Ordinal);
            Assert.StartsWith("before ", answer, StringComparison.Ordinal);
            Assert.EndsWith(" after", answer, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[^12..^1], answer, StringComparison.Ordinal);
            var text = $"before {harmless} after";
            Assert.Same(text, rules.Redact(text));
        }
    }

    [Fact]
    public void Every_hint_stands_in_what_its_shape_finds()
    {
        foreach (var (shape, sample) in SecretShapes.All.Zip(Samples))
        {
            Assert.Contains(shape.Hints, hint => sample.Secret.Contains(hint, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Prose_about_keys_stays_as_it_is()
    {
        var rules = OutputRules.Create(new OutputOptions { RedactSecrets = true }, null);
        const string text =
            "Set AWS_ACCESS_KEY_ID and GITHUB_TOKEN (ghp_...). Tokens begin with xoxb- or sk-. See https://docs.example.com/keys?sig=1 and mailto:a@b.example. " +
            "commit 3c3bf55ab2370fb50f7078b0de563d98002f0316; sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855; " +
            "id 123e4567-e89b-12d3-a456-426614174000; ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample user@host";

        Assert.Same(text, rules.Redact(text));
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("eyJaaaaaaaaaaa.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("a://b:c")]
    public void A_hundred_times_the_text_does_not_take_its_square_as_long(string piece)
    {
        var rules = OutputRules.Create(new OutputOptions { RedactSecrets = true }, null);
        var (small, large) = (string.Concat(Enumerable.Repeat(piece, 1_000)) + "eyJ", string.Concat(Enumerable.Repeat(piece, 100_000)) + "eyJ");
        rules.Redact(small);
        var (one, hundred) = (Fastest(rules, small, 5), Fastest(rules, large, 1));

        TestContext.Current.TestOutputHelper!.WriteLine($"{small.Length} characters {one.TotalMilliseconds:F2} ms, {large.Length} characters {hundred.TotalMilliseconds:F2} ms");

        // The square would be 10,000 times; a busy machine makes the longer run slower than a hundred times.
        Assert.True(hundred < one * 4_000 + TimeSpan.FromMilliseconds(200), $"{one.TotalMilliseconds} ms, then {hundred.TotalMilliseconds} ms");
    }

    private static TimeSpan Fastest(OutputRules rules, string text, int times) => ProcessorTime.Fastest(times, () => rules.Redact(text));
}
