using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace McpSecureGen.Invocation;

/// <summary>
/// Authenticates what a client carries between two requests (<c>requestState</c>): HMAC-SHA256 over its purpose, its content, an expiry, a nonce and
/// everything it is bound to. Whom and what it is bound to does not stand in it.
/// </summary>
/// <remarks>MCP specification 2026-07-28, multi round-trip requests: the state comes back as attacker-controlled input.</remarks>
internal sealed class RequestStateSeal(byte[] key, TimeProvider time)
{
    private const int NonceBytes = 16;
    private const int NonceAt = 1 + 1 + 8 + 1;

    /// <summary>Version, purpose, expiry, whether there is a content, nonce.</summary>
    private const int HeaderBytes = NonceAt + NonceBytes;

    private const byte Version = 1;

    /// <summary>A longer one is not looked at: it is decoded before anybody vouches for it.</summary>
    private const int MaxTextLength = 262_144;

    /// <summary>Seals.</summary>
    internal string Seal(StatePurpose purpose, StateBinding binding, string? content, TimeSpan lifetime)
    {
        var text = content is null ? [] : Encoding.UTF8.GetBytes(content);
        var state = new byte[HeaderBytes + text.Length + HMACSHA256.HashSizeInBytes];
        state[0] = Version;
        state[1] = (byte)purpose;
        BinaryPrimitives.WriteInt64BigEndian(state.AsSpan(2), (time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds());
        state[10] = content is null ? (byte)0 : (byte)1;
        RandomNumberGenerator.Fill(state.AsSpan(NonceAt, NonceBytes));
        text.CopyTo(state.AsSpan(HeaderBytes));
        Authenticate(state.AsSpan(0, HeaderBytes + text.Length), binding, state.AsSpan(HeaderBytes + text.Length));
        return Base64Url.EncodeToString(state);
    }

    /// <summary>Opens what was sealed for this purpose and exactly this binding; null for anything else, an expired state included.</summary>
    internal OpenedState? Open(StatePurpose purpose, StateBinding binding, string? state)
    {
        if (state is not { Length: > 0 and <= MaxTextLength } || !Base64Url.IsValid(state))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(state);
        if (bytes.Length < HeaderBytes + HMACSHA256.HashSizeInBytes || bytes[0] != Version || bytes[1] != (byte)purpose)
        {
            return null;
        }

        var content = bytes.AsSpan(0, bytes.Length - HMACSHA256.HashSizeInBytes);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Authenticate(content, binding, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(content.Length)))
        {
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2)));
        return expires <= time.GetUtcNow()
            ? null
            : new OpenedState(
                Convert.ToHexString(bytes.AsSpan(NonceAt, NonceBytes)), expires, bytes[10] == 0 ? null : Encoding.UTF8.GetString(content[HeaderBytes..]));
    }

    private void Authenticate(ReadOnlySpan<byte> content, StateBinding binding, Span<byte> code)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(hash, content);
        Append(hash, Encoding.UTF8.GetBytes(binding.Issuer));
        Append(hash, Encoding.UTF8.GetBytes(binding.Subject));
        hash.AppendData([binding.Client is null ? (byte)0 : (byte)1]);
        Append(hash, Encoding.UTF8.GetBytes(binding.Client ?? ""));
        Append(hash, Encoding.UTF8.GetBytes(binding.Method));
        Append(hash, Encoding.UTF8.GetBytes(binding.Primitive));
        Append(hash, binding.Arguments);
        hash.GetHashAndReset(code);
    }

    /// <summary>With its length, so that two neighbours cannot trade bytes.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
