using System.Text.Json;

namespace McpSecureGen.Identity;

/// <summary>What the header of a token may say. It is written by whoever made the token, so it may choose a key by name and nothing else.</summary>
internal static class TokenHeader
{
    /// <summary>
    /// Keys that the token brings along or points to (CVE-2018-0114 and its many successors), extensions that change what is signed
    /// (<c>crit</c>, RFC 7797 <c>b64</c>), compression and encryption.
    /// </summary>
    private static readonly string[] Refused = ["jku", "x5u", "jwk", "x5c", "crit", "b64", "zip", "enc"];

    /// <summary>
    /// Whether members and type are acceptable. Judged again once known: the algorithm with the key, an absent type with the issuer
    /// (<see cref="HasType"/>).
    /// </summary>
    public static bool IsSupported(JsonElement header)
    {
        foreach (var name in Refused)
        {
            if (header.TryGetProperty(name, out _))
            {
                return false;
            }
        }

        return !HasType(header) || (StringOf(header, "typ") is { } type && IsAccessTokenType(type));
    }

    /// <summary>Whether the token says what it is. A <c>typ</c> that is no text is one, and is none that is accepted.</summary>
    public static bool HasType(JsonElement header) => header.TryGetProperty("typ", out _);

    public static string? KeyId(JsonElement header) => StringOf(header, "kid");

    public static string? Algorithm(JsonElement header) => StringOf(header, "alg");

    /// <summary>RFC 9068 wants <c>at+jwt</c>; many issuers write <c>JWT</c>. Media types are compared without case, the prefix may be left out (RFC 7515, 4.1.9).</summary>
    private static bool IsAccessTokenType(string type)
    {
        const string Prefix = "application/";
        var bare = type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type.AsSpan(Prefix.Length) : type;
        return bare.Equals("JWT", StringComparison.OrdinalIgnoreCase) || bare.Equals("at+jwt", StringComparison.OrdinalIgnoreCase);
    }

    private static string? StringOf(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
