using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace McpSecureGen.Identity;

/// <summary>Makes and recognises the nonces of DPoP proofs (RFC 9449, section 9): the MAC of a minute. Nothing is stored.</summary>
/// <param name="key">At least 32 bytes. Null: random, known to this process alone.</param>
/// <param name="time">The clock.</param>
internal sealed class ProofNonces(byte[]? key, TimeProvider time)
{
    /// <summary>A nonce is good in the slot it was made in and in the next: for one to two minutes.</summary>
    private const long SlotSeconds = 60;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("mcpsec dpop nonce v1:");

    private readonly byte[] _key = key ?? RandomNumberGenerator.GetBytes(32);
    private Made? _current;

    private long Slot => time.GetUtcNow().ToUnixTimeSeconds() / SlotSeconds;

    /// <summary>The nonce of this minute.</summary>
    public string Current()
    {
        var slot = Slot;
        var made = Volatile.Read(ref _current);
        if (made?.Slot != slot)
        {
            made = new(slot, Of(slot));
            Volatile.Write(ref _current, made);
        }

        return made.Nonce;
    }

    /// <summary>Whether this server made the nonce, in this minute or the last.</summary>
    public bool IsFresh(string nonce)
    {
        var given = Encoding.UTF8.GetBytes(nonce);
        var slot = Slot;
        return CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Of(slot)))
            | CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Of(slot - 1)));
    }

    private string Of(long slot)
    {
        var signed = new byte[Purpose.Length + sizeof(long)];
        Purpose.CopyTo(signed, 0);
        BinaryPrimitives.WriteInt64BigEndian(signed.AsSpan(Purpose.Length), slot);
        return Base64Url.EncodeToString(HMACSHA256.HashData(_key, signed));
    }

    private sealed record Made(long Slot, string Nonce);
}
