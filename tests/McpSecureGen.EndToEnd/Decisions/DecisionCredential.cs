using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>What a caller shows, and what it is worth.</summary>
/// <param name="Name">As the table names it.</param>
/// <param name="Token">The token; null: none.</param>
/// <param name="Worth">Whether it authenticates, and whether it holds what <c>read_note</c> needs.</param>
internal sealed record DecisionCredential(string Name, string? Token, CredentialWorth Worth)
{
    /// <summary>All of the table. <paramref name="revoked"/> is a token that was good until it was revoked.</summary>
    public static IEnumerable<DecisionCredential> All(string revoked)
    {
        yield return new("no", null, CredentialWorth.Nothing);
        yield return Bad("expired", Issuer.Token("read:files", change: Shift(TimeSpan.FromMinutes(-10))));
        yield return Bad("future", Issuer.Token("read:files", change: Shift(TimeSpan.FromMinutes(10))));
        yield return Bad("wrong audience", Issuer.Token("read:files", change: static claims => claims["aud"] = TestTokens.Audience + "/other"));
        yield return Bad("wrong issuer", Issuer.Token("read:files", change: static claims => claims["iss"] = TestTokens.Issuer + "/"));
        yield return Bad("wrong key", Issuer.Token("read:files", key: new TestTokens(Issuer.KeyId)));
        for (var casing = 0; casing < 16; casing++)
        {
            yield return Bad("alg " + None(casing), Unsigned(None(casing)));
        }

        yield return Bad("algorithm confusion", Confused());
        yield return Bad("revoked", revoked);
        yield return new("too few", Issuer.Token("env:read"), CredentialWorth.TooLittle);
        yield return new("enough", Issuer.Token("read:files"), CredentialWorth.Enough);
    }

    private static DecisionCredential Bad(string name, string token) => new(name, token, CredentialWorth.Nothing);

    private static Action<JsonObject> Shift(TimeSpan by) => claims =>
    {
        var issued = DateTimeOffset.UtcNow + by;
        claims["iat"] = issued.ToUnixTimeSeconds();
        claims["exp"] = issued.AddMinutes(4).ToUnixTimeSeconds();
    };

    /// <summary><c>none</c> with the letters of <paramref name="bits"/> in upper case.</summary>
    private static string None(int bits) => string.Concat("none".Select((letter, i) => (bits >> i & 1) == 0 ? letter : char.ToUpperInvariant(letter)));

    /// <summary>Without a signature, as <c>none</c> has it.</summary>
    private static string Unsigned(string algorithm)
    {
        var token = Issuer.Token("read:files", header: header => header["alg"] = algorithm);
        return token[..(token.LastIndexOf('.') + 1)];
    }

    /// <summary>Signed by HMAC with the issuer's public key as the secret (CVE-2015-9235).</summary>
    private static string Confused()
    {
        string[] parts = Issuer.Token("read:files", header: static header => header["alg"] = "HS256").Split('.');
        return TestTokens.MintHs256(
            Encoding.UTF8.GetBytes(Issuer.PublicKeyPem), Text(parts[0]), Text(parts[1]));

        static string Text(string segment) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(segment));
    }
}

/// <summary>What a credential is worth.</summary>
internal enum CredentialWorth
{
    /// <summary>It authenticates no one.</summary>
    Nothing,

    /// <summary>It authenticates, without the capability.</summary>
    TooLittle,

    /// <summary>It authenticates and holds the capability.</summary>
    Enough,
}
