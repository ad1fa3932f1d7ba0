using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FileServer.Demo;

/// <summary>Plays the authorization server: makes a key, publishes its public half as a JSON Web Key Set, signs access tokens with ES256.</summary>
internal sealed class TokenIssuer : IDisposable
{
    public const string Issuer = "https://login.example";
    public const string Audience = "urn:example:file-server";

    private const string KeyId = "demo-1";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TokenIssuer(DemoFolder folder)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = KeyId,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
        File.WriteAllText(folder.KeyFile, new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString());
    }

    /// <summary>A token for a subject with a role.</summary>
    public string Token(
        string subject, string role, string audience = Audience, TimeSpan age = default, TimeSpan? lifetime = null, bool foreignKey = false)
    {
        var issuedAt = DateTimeOffset.UtcNow - age;
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = audience,
            ["sub"] = subject,
            ["client_id"] = "file-server-demo",
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = issuedAt.ToUnixTimeSeconds(),
            ["exp"] = (issuedAt + (lifetime ?? TimeSpan.FromMinutes(5))).ToUnixTimeSeconds(),
            ["roles"] = new JsonArray(role),
        };
        return Sign(claims, foreignKey ? _foreignKey : _key);
    }

    /// <summary>The token with another role written into it, its signature left as it was.</summary>
    public static string Tampered(string token, string role)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["roles"] = new JsonArray(role);
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    /// <summary>The token with <c>alg: none</c> and no signature.</summary>
    public static string Unsigned(string token) =>
        $"{Encode(new JsonObject { ["alg"] = "none", ["typ"] = "at+jwt", ["kid"] = KeyId })}.{token.Split('.')[1]}.";

    public void Dispose()
    {
        _key.Dispose();
        _foreignKey.Dispose();
    }

    private static string Sign(JsonObject claims, ECDsa key)
    {
        var content = $"{Encode(new JsonObject { ["alg"] = "ES256", ["typ"] = "at+jwt", ["kid"] = KeyId })}.{Encode(claims)}";
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
