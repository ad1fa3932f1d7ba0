using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>One key and the only algorithms it verifies. The token's <c>alg</c> never decides what kind of key this is (CVE-2015-9235, key confusion).</summary>
internal sealed record VerificationKey(string Id, SecurityKey Key, IReadOnlyList<string> Algorithms)
{
    /// <summary>This key for those of its algorithms that are among <paramref name="algorithms"/> (empty: all); null when none is left.</summary>
    public VerificationKey? Narrowed(IReadOnlyCollection<string> algorithms)
    {
        string[] left = [.. Algorithms.Where(algorithm => algorithms.Count == 0 || algorithms.Contains(algorithm))];
        return left.Length > 0 ? this with { Algorithms = left } : null;
    }

    public bool Verifies(string? algorithm)
    {
        foreach (var accepted in Algorithms)
        {
            if (string.Equals(accepted, algorithm, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
