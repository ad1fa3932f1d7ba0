using System.Text.Json;
using McpSecureGen.Cli.Keys.Material;

namespace McpSecureGen.Cli.Keys;

/// <summary>Reads the private key file.</summary>
internal static class KeyRingReading
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <exception cref="CliException">It is not a key file of this program, or its keys contradict each other.</exception>
    public static KeyRing Read(ReadOnlyMemory<byte> json, string path)
    {
        var keys = new List<StoredKey>();
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out var entries)
                || entries.ValueKind != JsonValueKind.Array)
            {
                throw Unusable(path, "it is not a JSON Web Key Set");
            }

            foreach (var entry in entries.EnumerateArray())
            {
                keys.Add(ReadKey(entry) ?? throw Unusable(path, $"key {keys.Count + 1} is not a key that 'mcpsec keys new' writes"));
            }

            if (keys.DistinctBy(key => key.Id, StringComparer.Ordinal).Count() != keys.Count)
            {
                throw Unusable(path, "a kid is used twice");
            }

            if (keys.Count(key => key.Signs) != 1 || !keys.Single(key => key.Signs).Material.CanSign)
            {
                throw Unusable(path, "it must hold exactly one key that signs: private, and without exp");
            }

            return new(keys);
        }
        catch (JsonException)
        {
            throw Unusable(path, "it is not JSON");
        }
        catch (CliException)
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    private static StoredKey? ReadKey(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || !TryGetText(entry, "kid", out var id)
            || !KeyId.IsWellFormed(id)
            || !TryGetText(entry, "alg", out var algorithm)
            || !TryGetTime(entry, "iat", out var createdAt)
            || createdAt is null
            || !TryGetTime(entry, "exp", out var notAfter)
            || KeyMaterial.TryRead(entry, algorithm) is not { } material)
        {
            return null;
        }

        return new StoredKey(id, algorithm, createdAt.Value, material, notAfter);
    }

    private static bool TryGetText(JsonElement entry, string member, out string text)
    {
        text = entry.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0;
    }

    /// <summary>True with null when absent; false when present and not a time.</summary>
    private static bool TryGetTime(JsonElement entry, string member, out DateTimeOffset? time)
    {
        time = null;
        if (!entry.TryGetProperty(member, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var seconds) || seconds is < 0 or > 253_402_300_799)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static CliException Unusable(string path, string why) =>
        CliException.File($"{path} cannot be used: {why}. Give the {KeyStore.PrivateName} that 'mcpsec keys new' wrote, or its folder.");
}
