using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>One key and the only algorithms it verifies. The token's <c>alg</c> never decides what kind of key this is (CVE-2015-9235, key confusion).</summary>
internal sealed record VerificationKey(string Id, SecurityKey Key, IReadOnlyList<string> Algorithms)
{
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
