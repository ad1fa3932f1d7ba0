using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Cli.Keys.Material;

/// <summary>A secret that signer and verifier share.</summary>
internal sealed class SecretMaterial : KeyMaterial
{
    /// <summary>As long as the hash (RFC 7518, section 3.2); servers refuse less.</summary>
    private const int Bytes = 32;

    private readonly byte[] _secret;

    private SecretMaterial(byte[] secret)
    {
        _secret = secret;
    }

    public override bool CanSign => true;

    public override bool IsShared => true;

    public override string? Thumbprint => null;

    public static SecretMaterial Generate() => new(RandomNumberGenerator.GetBytes(Bytes));

    public static SecretMaterial? TryRead(JsonElement key) =>
        JwkMembers.Bytes(key, "k") is { Length: >= Bytes } secret ? new(secret) : null;

    public override SecurityKey ToSecurityKey() => new SymmetricSecurityKey(_secret);

    public override void WriteVerifying(Utf8JsonWriter writer)
    {
        writer.WriteString("kty", "oct");
        JwkMembers.Write(writer, "k", _secret);
    }

    public override void WritePrivate(Utf8JsonWriter writer)
    {
    }

    public override void DropPrivate()
    {
    }

    public override void Dispose() => CryptographicOperations.ZeroMemory(_secret);
}
