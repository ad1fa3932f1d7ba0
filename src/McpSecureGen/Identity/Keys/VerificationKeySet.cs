using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>The issuer's keys by <c>kid</c>, from a JSON Web Key Set or a single key (RFC 7517).</summary>
internal sealed class VerificationKeySet
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly Dictionary<string, VerificationKey> _keys = new(StringComparer.Ordinal);

    private VerificationKeySet()
    {
    }

    /// <summary>The key of exactly this <c>kid</c>.</summary>
    public VerificationKey? Find(string kid) => _keys.GetValueOrDefault(kid);

    /// <summary>Reads a key set. Anything doubtful about a key that would verify refuses the whole set.</summary>
    /// <param name="json">The set.</param>
    /// <param name="algorithms">The only algorithms wanted; empty for all. A key left with none is ignored.</param>
    /// <param name="fromNetwork">Whether the set is published, so that a secret in it is none.</param>
    /// <param name="problems">What is wrong, without key material; empty exactly when a set is returned.</param>
    public static VerificationKeySet? TryParse(
        string json, IReadOnlyCollection<string> algorithms, bool fromNetwork, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        problems = found;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Parse(document.RootElement, algorithms, fromNetwork, found);
        }
        catch (JsonException)
        {
            found.Add("it is not a JSON Web Key Set. Give the issuer's jwks.json.");
            return null;
        }
    }

    /// <summary>Reads a key set of which every algorithm is wanted.</summary>
    public static VerificationKeySet? TryParse(string json, out IReadOnlyList<string> problems) => TryParse(json, [], fromNetwork: false, out problems);

    /// <summary>Whether this is a JSON Web Key Set at all, good or bad.</summary>
    public static bool IsKeySet(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("keys", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static VerificationKeySet? Parse(
        JsonElement root, IReadOnlyCollection<string> algorithms, bool fromNetwork, List<string> problems)
    {
        JsonElement[] entries =
            root.ValueKind != JsonValueKind.Object ? []
            : !root.TryGetProperty("keys", out var keys) ? [root]
            : keys.ValueKind == JsonValueKind.Array ? [.. keys.EnumerateArray()]
            : [];

        var set = new VerificationKeySet();
        for (var position = 0; position < entries.Length; position++)
        {
            var reading = JsonWebKeyReading.Read(entries[position]);
            if (reading.Problem is not null)
            {
                problems.Add($"key {position + 1}: {reading.Problem}");
            }
            else if (reading.Key is { Key: SymmetricSecurityKey } && fromNetwork)
            {
                problems.Add($"key {position + 1}: it is a secret that is published. Replace it, and publish public keys.");
            }
            else if (reading.Key?.Narrowed(algorithms) is { } key && !set._keys.TryAdd(key.Id, key))
            {
                problems.Add($"key {position + 1}: its kid is used twice. Give every key its own kid.");
            }
        }

        if (set._keys.Values.Select(key => key.Key is SymmetricSecurityKey).Distinct().Count() > 1)
        {
            problems.Add(
                "it mixes symmetric and public keys. A public set is published, a secret must not be in it: use one kind.");
        }

        if (problems.Count == 0 && set._keys.Count == 0)
        {
            problems.Add("it holds no key that verifies signatures (EC P-256, RSA of 2048 bits or more, or oct of 32 bytes or more).");
        }

        return problems.Count == 0 ? set : null;
    }
}
