using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Cli.Keys.Material;

/// <summary>The numbers of one key. Not a record: nothing prints them by accident.</summary>
internal abstract class KeyMaterial : IDisposable
{
    /// <summary>The JWK members that hold a private number or a secret.</summary>
    public static readonly IReadOnlyList<string> PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Whether tokens can be signed with it.</summary>
    public abstract bool CanSign { get; }

    /// <summary>Whether the verifier needs the same secret as the signer.</summary>
    public virtual bool IsShared => false;

    /// <summary>RFC 7638, in base64url; null for a secret, whose thumbprint would be a hash of it (RFC 7638, section 7).</summary>
    public abstract string? Thumbprint { get; }

    public static KeyMaterial Generate(string algorithm) => algorithm switch
    {
        KeyAlgorithms.ES256 => EllipticCurveMaterial.Generate(),
        KeyAlgorithms.HS256 => SecretMaterial.Generate(),
        _ => RsaMaterial.Generate(),
    };

    /// <summary>Reads the members of a JWK that make the key; null when it is none of ours, or its numbers do not fit together.</summary>
    public static KeyMaterial? TryRead(JsonElement key, string algorithm) =>
        (key.TryGetProperty("kty", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null, algorithm) switch
        {
            ("EC", KeyAlgorithms.ES256) => EllipticCurveMaterial.TryRead(key),
            ("RSA", KeyAlgorithms.RS256 or KeyAlgorithms.PS256) => RsaMaterial.TryRead(key),
            ("oct", KeyAlgorithms.HS256) => SecretMaterial.TryRead(key),
            _ => null,
        };

    /// <summary>A key for the signing library. Valid until this is disposed.</summary>
    public abstract SecurityKey ToSecurityKey();

    /// <summary>Writes <c>kty</c> and the public members; of a secret, <c>k</c> as well.</summary>
    public abstract void WriteVerifying(Utf8JsonWriter writer);

    /// <summary>Writes the private members that <see cref="WriteVerifying"/> leaves out, if there are any.</summary>
    public abstract void WritePrivate(Utf8JsonWriter writer);

    /// <summary>Forgets the private part of a key pair: from here on it cannot sign. A secret stays, because verifiers need it.</summary>
    public abstract void DropPrivate();

    public abstract void Dispose();
}
