using System.Buffers.Text;
using System.Text.Json;
using McpSecureGen.Hosting.Envelope;

namespace McpSecureGen.Identity;

/// <summary>The header and payload of a compact JWS (RFC 7515), read strictly. Nothing in it is trusted until the signature is checked.</summary>
internal sealed class CompactToken
{
    /// <summary>The greatest length of a token, in characters. Real access tokens are one to four thousand.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>
    /// A repeated member is refused: two parsers that choose different ones would check one claim and use another.
    /// </summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private CompactToken(JsonElement header, JsonElement payload)
    {
        Header = header;
        Payload = payload;
    }

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    /// <summary>Null for anything that is not three canonical base64url segments, the first two of them JSON objects.</summary>
    public static CompactToken? TryRead(string token)
    {
        // Five segments are a JWE: encryption is not authentication, so it is refused with everything else that has not exactly three.
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : token.IndexOf('.', first + 1);
        if (token.Length > MaxLength || second < 0 || token.IndexOf('.', second + 1) >= 0)
        {
            return null;
        }

        return TryDecode(token.AsSpan(second + 1)) is not null
            && TryReadObject(token.AsSpan(0, first)) is { } header
            && TryReadObject(token.AsSpan(first + 1, second - first - 1)) is { } payload
            ? new(header, payload)
            : null;
    }

    /// <summary>
    /// Decodes the one canonical spelling. The framework also takes padding and inner whitespace, so that one token would have several spellings,
    /// and a list of revoked or seen tokens could be walked around.
    /// </summary>
    internal static byte[]? TryDecode(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty || !Base64Url.IsValid(segment))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(segment.Length)];
        if (!Base64Url.TryDecodeFromChars(segment, bytes, out var written))
        {
            return null;
        }

        // No padding, no white space, unused trailing bits zero (RFC 4648, section 3.5; RFC 7515, section 2).
        var decoded = bytes.AsSpan(0, written).ToArray();
        return segment.SequenceEqual(Base64Url.EncodeToString(decoded)) ? decoded : null;
    }

    private static JsonElement? TryReadObject(ReadOnlySpan<char> segment)
    {
        if (TryDecode(segment) is not { } json)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && EnvelopeRules.FindText(document.RootElement) is null
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
