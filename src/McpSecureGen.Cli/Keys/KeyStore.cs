using System.Security.Cryptography;
using System.Text;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Keys;

/// <summary>A folder with the private keys of an issuer and, beside them, the set that servers verify with.</summary>
internal sealed class KeyStore
{
    /// <summary>The private keys, for the owner only.</summary>
    public const string PrivateName = "signing-keys.json";

    /// <summary>The public set, for everyone.</summary>
    public const string PublicName = "jwks.json";

    /// <summary>What servers verify HS256 with: the secret itself, for the owner only.</summary>
    public const string SharedName = "shared-keys.json";

    /// <summary>As much as a server reads.</summary>
    public const int MaxBytes = VerificationKeyRing.MaxKeyFileBytes;

    private readonly string _folder;

    private KeyStore(string folder, string privateFile)
    {
        _folder = folder;
        PrivateFile = privateFile;
    }

    public string PrivateFile { get; }

    /// <summary>By the folder or by the private file itself.</summary>
    public static KeyStore At(string path)
    {
        var full = Path.GetFullPath(path);
        return full.EndsWith(".json", StringComparison.Ordinal) && !Directory.Exists(full)
            ? new(Path.GetDirectoryName(full)!, full)
            : new(full, Path.Combine(full, PrivateName));
    }

    /// <summary>The file that servers verify with.</summary>
    public string VerifyingFile(KeyRing keys) => Path.Combine(_folder, keys.IsShared ? SharedName : PublicName);

    /// <summary>Reads the private keys.</summary>
    /// <exception cref="CliException">The file is absent, open to others, or not a key file.</exception>
    public KeyRing Load()
    {
        var json = OwnerOnlyFile.Read(PrivateFile, MaxBytes);
        try
        {
            return KeyRingReading.Read(json, PrivateFile);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }

    /// <summary>Starts a store.</summary>
    /// <exception cref="CliException">One is there already.</exception>
    public void Create(KeyRing keys)
    {
        OwnerOnlyFile.CreateFolder(_folder);
        using var held = HoldLock();
        if (Path.Exists(VerifyingFile(keys)))
        {
            throw CliException.File(
                $"{VerifyingFile(keys)} is already there and is not overwritten. Choose another folder, or add a key with 'mcpsec keys rotate'.");
        }

        WritePrivate(keys, OwnerOnlyFile.Create);
        WriteVerifying(keys);
    }

    /// <summary>Changes the keys under a lock, so that of two rotations at a time one fails instead of losing the other's key.</summary>
    /// <exception cref="CliException">The keys cannot be read, or somebody else is changing them.</exception>
    public KeyRing Change(Action<KeyRing> change)
    {
        // A folder without keys is refused before a lock file is left in it.
        Load().Dispose();
        using var held = HoldLock();
        var keys = Load();
        try
        {
            change(keys);

            // First what servers verify with: nobody may sign with a key that is not yet known.
            WriteVerifying(keys);
            WritePrivate(keys, OwnerOnlyFile.Replace);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    private void WritePrivate(KeyRing keys, WriteFile write)
    {
        var json = keys.PrivateSet();
        try
        {
            write(PrivateFile, json);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }

    private void WriteVerifying(KeyRing keys)
    {
        var json = keys.VerifyingSet();
        try
        {
            // Read as a server reads it: a set that would lock every caller out is not put in place.
            if (VerificationKeySet.TryParse(Encoding.UTF8.GetString(json), out var problems) is null)
            {
                throw CliException.File($"Servers would refuse the new key set: {string.Join(' ', problems)} Nothing was changed.");
            }

            if (keys.IsShared)
            {
                OwnerOnlyFile.Replace(VerifyingFile(keys), json);
            }
            else
            {
                AtomicFile.ReplacePublic(VerifyingFile(keys), json);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }

    /// <summary>The lock file stays: removing it would let two holders lock two files of one name.</summary>
    private FileStream HoldLock()
    {
        var path = Path.Combine(_folder, ".lock");
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile.Mode;
        }

        try
        {
            return new(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw CliException.File($"The keys in {_folder} are being changed by another process. Run the command again when that is done.");
        }
    }

    private delegate void WriteFile(string path, ReadOnlySpan<byte> content);
}
