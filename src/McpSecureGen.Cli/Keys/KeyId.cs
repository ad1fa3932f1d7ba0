using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using McpSecureGen.Cli.Keys.Material;

namespace McpSecureGen.Cli.Keys;

/// <summary>The <c>kid</c>: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 128. It stands in every token and in messages.</summary>
internal static class KeyId
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsWellFormed(string id) => id.Length is > 0 and <= 128 && !id.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The thumbprint of a key pair (RFC 7638); random for a secret, of which nothing may be derived in public.</summary>
    public static string For(KeyMaterial material) => material.Thumbprint ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
