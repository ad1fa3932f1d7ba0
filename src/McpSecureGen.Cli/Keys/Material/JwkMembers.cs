using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace McpSecureGen.Cli.Keys.Material;

/// <summary>The base64url members of a JSON Web Key (RFC 7518, section 6), read and written without making strings of them.</summary>
internal static class JwkMembers
{
    /// <summary>The bytes of a member; null when it is absent or not base64url.</summary>
    public static byte[]? Bytes(JsonElement key, string member)
    {
        if (!key.TryGetProperty(member, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        // With its quotes, and any escapes as they stand: base64url needs none, so a value with escapes is refused.
        var text = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return Base64Url.IsValid(text) ? Base64Url.DecodeFromUtf8(text) : null;
    }

    public static void Write(Utf8JsonWriter writer, string member, ReadOnlySpan<byte> bytes)
    {
        var text = new byte[Base64Url.GetEncodedLength(bytes.Length)];
        Base64Url.EncodeToUtf8(bytes, text);
        writer.WriteString(member, text);
        CryptographicOperations.ZeroMemory(text);
    }

    /// <summary>RFC 7638: SHA-256 over the required members in lexicographic order.</summary>
    public static string Thumbprint(params ReadOnlySpan<(string Member, string Value)> required)
    {
        var json = new StringBuilder("{");
        foreach (var (member, value) in required)
        {
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(member).Append("\":\"").Append(value).Append('"');
        }

        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(json.Append('}').ToString())));
    }
}
