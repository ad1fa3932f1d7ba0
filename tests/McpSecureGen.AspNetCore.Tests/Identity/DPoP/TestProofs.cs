using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.AspNetCore.Tests.Identity.DPoP;

/// <summary>A client with an EC key that signs DPoP proofs, good and bad.</summary>
internal sealed class TestProofs
{
    public const string Method = "POST";
    public const string Uri = "https://mcp.example/files";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>RFC 7638, section 3.1, spelled out: the members in lexicographic order, without white space.</summary>
    public string Thumbprint
    {
        get
        {
            var jwk = PublicJwk();
            return TestTokens.Segment(SHA256.HashData(Encoding.UTF8.GetBytes(
                $$"""{"crv":"P-256","kty":"EC","x":"{{jwk["x"]}}","y":"{{jwk["y"]}}"}""")));
        }
    }

    public JsonObject PublicJwk() => new()
    {
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["x"] = TestTokens.Segment(_key.ExportParameters(false).Q.X!),
        ["y"] = TestTokens.Segment(_key.ExportParameters(false).Q.Y!),
    };

    public string PrivateMember => TestTokens.Segment(_key.ExportParameters(true).D!);

    /// <summary>A proof that is accepted for <see cref="Method"/> and <see cref="Uri"/> at <see cref="TestTokens.Now"/>, unless changed.</summary>
    public string Sign(string token, string? nonce, Action<JsonObject>? payload = null, Action<JsonObject>? header = null)
    {
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["htm"] = Method,
            ["htu"] = Uri,
            ["iat"] = TestTokens.Now.ToUnixTimeSeconds(),
            ["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        payload?.Invoke(claims);
        var head = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = PublicJwk() };
        header?.Invoke(head);
        var signed = $"{TestTokens.Segment(head.ToJsonString())}.{TestTokens.Segment(claims.ToJsonString())}";
        return $"{signed}.{TestTokens.Segment(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }
}
