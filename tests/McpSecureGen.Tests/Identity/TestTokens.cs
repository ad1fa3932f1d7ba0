using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

/// <summary>An issuer of ES256 tokens, good and bad: header and claims are written by hand, so that every wrong token can be made.</summary>
internal sealed class TestTokens(string kid = "test-key")
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "https://mcp.example/files";

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Kid { get; } = kid;

    public byte[] PublicPoint => [4, .. _key.ExportParameters(false).Q.X!, .. _key.ExportParameters(false).Q.Y!];

    public byte[] PublicKeyInfo => _key.ExportSubjectPublicKeyInfo();

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public JsonObject PublicJwk() => Jwk(_key.ExportParameters(false));

    public JsonObject PrivateJwk() => Jwk(_key.ExportParameters(true));

    public string PublicKeySet() => KeySet(PublicJwk());

    public static string KeySet(params JsonObject[] keys) => new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.DeepClone())]) }.ToJsonString();

    public static JsonObject SecretJwk(string kid, byte[] secret) => new() { ["kty"] = "oct", ["kid"] = kid, ["alg"] = "HS256", ["k"] = Segment(secret) };

    public static JsonObject RsaJwk(RSA rsa, string kid, string? algorithm = null)
    {
        var parameters = rsa.ExportParameters(false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = kid,
            ["n"] = Segment(parameters.Modulus!),
            ["e"] = Segment(parameters.Exponent!),
        };
        if (algorithm is not null)
        {
            jwk["alg"] = algorithm;
        }

        return jwk;
    }

    public JsonObject Header(Action<JsonObject>? change = null)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "at+jwt", ["kid"] = Kid };
        change?.Invoke(header);
        return header;
    }

    /// <summary>Claims that are accepted at <see cref="Now"/>: issued then, for four minutes, with the scope <c>read:files</c>.</summary>
    public static JsonObject Claims(Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "alice",
            ["jti"] = "token-1",
            ["client_id"] = "desk",
            ["iat"] = Now.ToUnixTimeSeconds(),
            ["exp"] = Now.AddMinutes(4).ToUnixTimeSeconds(),
            ["scope"] = "read:files",
        };
        change?.Invoke(claims);
        return claims;
    }

    public string Mint(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        MintText(Header(header).ToJsonString(), Claims(claims).ToJsonString());

    public string MintText(string header, string payload) => Sign(Segment(header), Segment(payload));

    /// <summary>Signs two segments as they are spelled.</summary>
    public string Sign(string header, string payload) =>
        $"{header}.{payload}.{Segment(_key.SignData(Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256))}";

    public static string MintHs256(byte[] secret, string header, string payload)
    {
        var signed = $"{Segment(header)}.{Segment(payload)}";
        return $"{signed}.{Segment(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Segment(string text) => Segment(Encoding.UTF8.GetBytes(text));

    public static string Segment(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public AuthenticationOptions Options(Action<AuthenticationOptions>? change = null)
    {
        var options = new AuthenticationOptions { Issuer = Issuer, Audience = Audience, Keys = PublicKeySet() };
        change?.Invoke(options);
        return options;
    }

    public CallerAuthenticator Authenticator(Action<AuthenticationOptions>? change = null, TimeProvider? time = null) =>
        Authenticator(Options(change), time);

    public static CallerAuthenticator Authenticator(AuthenticationOptions options, TimeProvider? time = null)
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        return Authenticator(options, vocabulary, RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), time);
    }

    public static CallerAuthenticator Authenticator(
        AuthenticationOptions options, CapabilityVocabulary vocabulary, RoleTable roles, TimeProvider? time = null) =>
        new(options, vocabulary, roles, time ?? new ManualTime(Now));

    private JsonObject Jwk(ECParameters parameters)
    {
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = Kid,
            ["x"] = Segment(parameters.Q.X!),
            ["y"] = Segment(parameters.Q.Y!),
        };
        if (parameters.D is { } secret)
        {
            jwk["d"] = Segment(secret);
        }

        return jwk;
    }
}
