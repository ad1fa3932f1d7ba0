using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

/// <summary>
/// Wycheproof vectors. Their payload is "foo" and they carry no <c>typ</c>, so none of them is an access token: what is tested is the key set and that
/// nothing gets through; the twins are our own tokens under the same keys.
/// </summary>
public sealed class TokenCorporaTests
{
    /// <summary>Groups whose set is sound for us; in the HS384 and HS512 groups the keys are for algorithms that we do not use.</summary>
    private static readonly HashSet<string> SoundGroups = ["jws_keyset", "rs256"];

    [Fact]
    public void Wycheproof_key_sets_with_a_defect_are_refused_and_no_vector_authenticates()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(TokenCorpora.Require("wycheproof-json_web_key_test.json")));
        var seen = 0;
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var keys = group.TryGetProperty("public", out var set) ? set : group.GetProperty("private");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                seen++;
                var name = $"{test.GetProperty("tcId")} {group.GetProperty("comment")} {test.GetProperty("comment")}";
                var accepted = VerificationKeySet.TryParse(keys.GetRawText(), out var problems);
                var sound = accepted is not null;
                Assert.True(sound == (problems.Count == 0), name);

                if (test.GetProperty("result").GetString() == "valid" && !IsOtherAlgorithm(keys))
                {
                    Assert.True(sound, $"{name}: {string.Join("; ", problems)}");
                }

                // An invalid vector is invalid by its key set, or by its signature, which a sound set then has to refuse.
                if (test.GetProperty("result").GetString() == "invalid" && sound)
                {
                    Assert.Contains(group.GetProperty("comment").GetString()!, SoundGroups);
                }

                if (sound)
                {
                    var options = new AuthenticationOptions { Issuer = "i", Audience = "a", Keys = keys.GetRawText() };
                    Assert.False(TestTokens.Authenticator(options).Authenticate(test.GetProperty("jws").GetString()!, default).Succeeded, name);
                }
            }
        }

        Assert.Equal(26, seen);
    }

    [Fact]
    public void Wycheproof_signatures_are_refused_in_every_broken_form()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(TokenCorpora.Require("wycheproof-json_web_crypto_test.json")));
        var judged = 0;
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var keys = group.TryGetProperty("public", out var set) ? set : group.GetProperty("private");
            if (VerificationKeySet.TryParse(keys.GetRawText(), out _) is null)
            {
                continue;
            }

            var options = new AuthenticationOptions { Issuer = "i", Audience = "a", Keys = keys.GetRawText() };
            var authenticator = TestTokens.Authenticator(options);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                if (test.TryGetProperty("jws", out var jws) && jws.ValueKind == JsonValueKind.String)
                {
                    judged++;
                    Assert.False(authenticator.Authenticate(jws.GetString()!, default).Succeeded, test.GetProperty("comment").GetString());
                }
            }
        }

        Assert.True(judged > 40, $"{judged} vectors");
    }

    [Fact]
    public void Guessable_secret_below_32_bytes_is_no_key_and_its_token_never_passes()
    {
        var secrets = File.ReadAllLines(TokenCorpora.Require("jwt-secrets-first-1000.txt")).Where(line => line.Length > 0).ToArray();
        var good = new TestTokens("shared");
        var authenticator = good.Authenticator();
        var header = new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = "shared" }.ToJsonString();
        var claims = TestTokens.Claims().ToJsonString();
        foreach (var secret in secrets.Select(Encoding.UTF8.GetBytes))
        {
            Assert.False(authenticator.Authenticate(TestTokens.MintHs256(secret, header, claims), default).Succeeded);
            if (secret.Length < 32)
            {
                var options = good.Options(o => o.Keys = TestTokens.KeySet(TestTokens.SecretJwk("shared", secret)));
                Assert.Throws<McpSecurityConfigurationException>(() => TestTokens.Authenticator(options));
            }
        }

        Assert.True(authenticator.Authenticate(good.Mint(), default).Succeeded);
    }

    private static bool IsOtherAlgorithm(JsonElement keys) =>
        keys.GetProperty("keys").EnumerateArray().All(key => key.GetProperty("alg").GetString() is "HS384" or "HS512");
}
