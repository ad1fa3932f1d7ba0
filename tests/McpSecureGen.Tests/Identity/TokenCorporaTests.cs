using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

/// <summary>
/// Vectors of others. The payload of Wycheproof's is "foo" and they carry no <c>typ</c>, so none of them is an access token: each is judged by the parts that
/// read keys, headers and signatures, and then once more as a token, which none of them may be.
/// </summary>
public sealed class TokenCorporaTests
{
    /// <summary>Where the answer is not the vectors', and why. All of them refuse more.</summary>
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["jwe_aes acceptsValid"] = "Encryption is not authentication: a JWE is refused whatever its key.",
        ["jwe_ec acceptsValid"] = "Encryption is not authentication: a JWE is refused whatever its key.",
        ["HS256 long_key"] = "The secret is the bytes 0 to 64 in order, which anyone finds first.",
        ["HS384 long_key"] = "HS384 is not accepted, and the secret is the same sequence.",
        ["HS512 long_key"] = "HS512 is not accepted, and the secret is the same sequence.",
    };

    [Theory]
    [InlineData("wycheproof-json_web_key_test.json", 26, 5)]
    [InlineData("wycheproof-json_web_crypto_test.json", 83, 6)]
    public void Wycheproof_vectors_get_the_verdict_they_name(string file, int count, int valid)
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(TokenCorpora.Require(file)));
        var (seen, sound, deviating) = (0, 0, 0);
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var keys = (group.TryGetProperty("public", out var set) ? set : group.GetProperty("private")).GetRawText();
            var verified = VerificationKeySet.TryParse(keys, out var problems);
            Assert.Equal(verified is null, problems.Count > 0);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                seen++;
                var name = $"{group.GetProperty("comment")} {test.GetProperty("comment")}";
                var token = test.TryGetProperty("jws", out var jws) || test.TryGetProperty("jwe", out jws) ? Text(jws) : "";
                var isValid = test.GetProperty("result").GetString() == "valid";
                var passes = verified is not null && Passes(verified, token);
                if (isValid && !passes && Deviations.ContainsKey(name))
                {
                    deviating++;
                }
                else
                {
                    Assert.True(isValid == passes, $"{test.GetProperty("tcId")} {name}: {string.Join("; ", problems)}");
                    sound += passes ? 1 : 0;
                }

                if (verified is not null)
                {
                    var options = new AuthenticationOptions { Issuer = "i", Audience = "a", Keys = keys };
                    Assert.False(TestTokens.Authenticator(options).Authenticate(token, default).Succeeded, name);
                }
            }
        }

        Assert.Equal((count, valid), (seen, sound + deviating));
        Assert.True(sound >= 2, "The twins: vectors that do pass.");
    }

    [Fact]
    public void Guessable_secret_is_no_key_and_its_token_never_passes()
    {
        var secrets = File.ReadAllLines(TokenCorpora.Require("jwt-secrets-first-1000.txt")).Where(line => line.Length > 0).ToArray();
        var good = new TestTokens("shared");
        var authenticator = good.Authenticator();
        var header = new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = "shared" }.ToJsonString();
        var claims = TestTokens.Claims().ToJsonString();
        var (longEnough, randomWhenDecoded) = (0, 0);
        foreach (var line in secrets)
        {
            var secret = Encoding.UTF8.GetBytes(line);
            longEnough += secret.Length >= 32 ? 1 : 0;
            Assert.False(authenticator.Authenticate(TestTokens.MintHs256(secret, header, claims), default).Succeeded);

            var refusal = Refusal(good, TestTokens.SecretJwk("shared", secret));
            Assert.Contains("weak secret", refusal, StringComparison.Ordinal);
            Assert.Contains("mcpsec keys new --algorithm HS256", refusal, StringComparison.Ordinal);

            // The same text as base64url. Some lines of the list are the output of a generator: without the list, nothing tells them from a good key.
            var spelled = TestTokens.SecretJwk("shared", secret);
            spelled["k"] = line;
            randomWhenDecoded += Refusal(good, spelled) is null ? 1 : 0;
        }

        TestContext.Current.SendDiagnosticMessage($"{randomWhenDecoded} of {secrets.Length} lines are good keys when taken for base64url.");
        Assert.True(longEnough > 600, $"{longEnough} secrets of 32 bytes or more");
        Assert.True(randomWhenDecoded < secrets.Length / 10, $"{randomWhenDecoded} accepted as base64url");
        Assert.True(authenticator.Authenticate(good.Mint(), default).Succeeded);
    }

    private static string? Refusal(TestTokens issuer, JsonObject key)
    {
        try
        {
            TestTokens.Authenticator(issuer.Options(o => o.Keys = TestTokens.KeySet(key)));
            return null;
        }
        catch (McpSecurityConfigurationException refusal)
        {
            return refusal.Message;
        }
    }

    private static string Text(JsonElement token) => token.ValueKind == JsonValueKind.String ? token.GetString()! : token.GetRawText();

    /// <summary>The judgement of a token up to its payload.</summary>
    private static bool Passes(VerificationKeySet keys, string token)
    {
        var segments = token.Split('.');
        if (segments.Length != 3
            || CompactToken.TryDecode(segments[0]) is not { } headerBytes
            || CompactToken.TryDecode(segments[1]) is null
            || CompactToken.TryDecode(segments[2]) is not { } signature)
        {
            return false;
        }

        try
        {
            var header = JsonNode.Parse(headerBytes)!.AsObject();
            header.TryAdd("typ", "JWT");
            using var document = JsonDocument.Parse(header.ToJsonString());
            if (!TokenHeader.IsSupported(document.RootElement)
                || TokenHeader.KeyId(document.RootElement) is not { } kid
                || keys.Find(kid) is not { } key
                || TokenHeader.Algorithm(document.RootElement) is not { } algorithm
                || !key.Verifies(algorithm))
            {
                return false;
            }

            return key.Key.CryptoProviderFactory.CreateForVerifying(key.Key, algorithm)
                .Verify(Encoding.ASCII.GetBytes($"{segments[0]}.{segments[1]}"), signature);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
