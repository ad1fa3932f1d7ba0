using System.Text.Json;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Keys.Material;

namespace McpSecureGen.Cli.Tokens;

/// <summary>The public key of a client, to which a token is bound (RFC 9449).</summary>
internal static class ProofKey
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>The RFC 7638 thumbprint of the key in a file.</summary>
    /// <exception cref="CliException">The file holds no single public key.</exception>
    public static string Thumbprint(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
        {
            throw CliException.File($"{path} is not there, or larger than {MaxBytes} bytes. Give the client's public key as a JSON Web Key.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var key = Single(document.RootElement);
            if (key.ValueKind == JsonValueKind.Object && KeyMaterial.PrivateMembers.Any(member => key.TryGetProperty(member, out _)))
            {
                throw CliException.File(
                    $"{path} holds a private key. The private half stays with the client; give the public members only (for EC: kty, crv, x, y).");
            }

            return Read(key) ?? throw Unusable(path);
        }
        catch (JsonException)
        {
            throw Unusable(path);
        }
    }

    /// <summary>A key by itself, or the only one of a set.</summary>
    private static JsonElement Single(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array && keys.GetArrayLength() == 1
            ? keys[0]
            : root;

    private static string? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        using var material = KeyMaterial.TryRead(key, KeyAlgorithms.ES256) ?? KeyMaterial.TryRead(key, KeyAlgorithms.PS256);
        return material?.Thumbprint;
    }

    private static CliException Unusable(string path) =>
        CliException.File($"{path} is not a public key that servers take proofs from. Give one JSON Web Key: EC on P-256, or RSA.");
}
