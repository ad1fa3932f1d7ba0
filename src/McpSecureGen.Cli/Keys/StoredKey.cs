using McpSecureGen.Cli.Keys.Material;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Cli.Keys;

/// <summary>One key of a key store: the one that signs, or one whose tokens may still be under way.</summary>
internal sealed class StoredKey(string id, string algorithm, DateTimeOffset createdAt, KeyMaterial material, DateTimeOffset? notAfter = null) : IDisposable
{
    public string Id { get; } = id;

    public string Algorithm { get; } = algorithm;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Until when its tokens are accepted; null for the key that signs.</summary>
    public DateTimeOffset? NotAfter { get; private set; } = notAfter;

    public KeyMaterial Material { get; } = material;

    public bool Signs => NotAfter is null;

    /// <summary>Out of use as a signer. The private part is forgotten at once: nobody needs it any more, and what is not there cannot be copied.</summary>
    public void Retire(DateTimeOffset notAfter)
    {
        NotAfter = notAfter;
        Material.DropPrivate();
    }

    /// <exception cref="InvalidOperationException">The key is retired.</exception>
    public SigningCredentials Credentials()
    {
        if (!Signs || !Material.CanSign)
        {
            throw new InvalidOperationException("A retired key does not sign.");
        }

        var key = Material.ToSecurityKey();
        key.KeyId = Id;

        // A cached signer would outlive this key and be found again by its thumbprint after the key was disposed.
        return new(key, Algorithm) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
    }

    public void Dispose() => Material.Dispose();

    /// <summary>The key's id and algorithm; no key.</summary>
    public override string ToString() => $"{Id} ({Algorithm})";
}
