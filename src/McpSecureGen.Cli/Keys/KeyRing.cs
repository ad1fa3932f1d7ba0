using System.Buffers;
using System.Text.Json;

namespace McpSecureGen.Cli.Keys;

/// <summary>The keys of a store: exactly one that signs, first, and the retired ones.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly List<StoredKey> _keys;

    public KeyRing(IEnumerable<StoredKey> keys)
    {
        _keys = [.. keys.OrderByDescending(key => key.Signs).ThenByDescending(key => key.CreatedAt)];
    }

    public IReadOnlyList<StoredKey> Keys => _keys;

    public StoredKey Signing => _keys[0];

    /// <summary>Whether verifiers hold the same secret as the signer.</summary>
    public bool IsShared => Signing.Material.IsShared;

    /// <summary>Makes <paramref name="key"/> the one that signs and retires the one that did.</summary>
    public void Rotate(StoredKey key, DateTimeOffset oldKeyNotAfter)
    {
        Signing.Retire(oldKeyNotAfter);
        _keys.Insert(0, key);
    }

    /// <summary>Removes the retired keys whose tokens have all expired.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Prune(DateTimeOffset now)
    {
        var over = _keys.Where(key => key.NotAfter <= now).ToList();
        foreach (var key in over)
        {
            _keys.Remove(key);
            key.Dispose();
        }

        return [.. over.Select(key => key.Id)];
    }

    /// <summary>What servers need, as a JSON Web Key Set (RFC 7517).</summary>
    public byte[] VerifyingSet() => Write(withPrivate: false);

    /// <summary>Everything. Forget the bytes after use.</summary>
    public byte[] PrivateSet() => Write(withPrivate: true);

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    private byte[] Write(bool withPrivate)
    {
        // Large enough never to grow: a buffer that grows leaves copies of the key behind.
        var buffer = new ArrayBufferWriter<byte>(KeyStore.MaxBytes);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in _keys)
            {
                Write(writer, key, withPrivate);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var bytes = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        return bytes;
    }

    private static void Write(Utf8JsonWriter writer, StoredKey key, bool withPrivate)
    {
        writer.WriteStartObject();
        key.Material.WriteVerifying(writer);
        writer.WriteString("use", "sig");
        writer.WriteString("alg", key.Algorithm);
        writer.WriteString("kid", key.Id);
        if (withPrivate)
        {
            key.Material.WritePrivate(writer);

            // The names of OpenID Federation 1.0, section 8.7.2, for the life of a key in a set.
            writer.WriteNumber("iat", key.CreatedAt.ToUnixTimeSeconds());
            if (key.NotAfter is { } notAfter)
            {
                writer.WriteNumber("exp", notAfter.ToUnixTimeSeconds());
            }
        }

        writer.WriteEndObject();
    }
}
