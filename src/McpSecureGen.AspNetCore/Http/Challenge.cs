using System.Text;

namespace McpSecureGen.Http;

/// <summary>
/// Writes <c>WWW-Authenticate: Bearer</c> (RFC 6750, section 3; RFC 9728, section 5.1; MCP 2026-07-28, authorization): where the metadata is and which
/// scope the operation needs, in one challenge.
/// </summary>
internal static class Challenge
{
    /// <param name="error"><c>invalid_token</c>, <c>insufficient_scope</c>, or null where no token was given (RFC 6750, section 3.1).</param>
    /// <param name="scopes">What to ask for; empty: nothing is said.</param>
    /// <param name="metadata">The URL of the metadata; null: unknown.</param>
    internal static string Bearer(string? error, IReadOnlyList<string> scopes, string? metadata)
    {
        var text = new StringBuilder("Bearer");
        Add(text, "error", error);
        Add(text, "scope", scopes.Count > 0 && scopes.All(IsScope) ? string.Join(' ', scopes) : null);
        Add(text, "resource_metadata", metadata);

        // A challenge has at least one parameter (RFC 6750, section 3).
        return text.Length > "Bearer".Length ? text.ToString() : "Bearer realm=\"mcp\"";
    }

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length > "Bearer".Length ? ", " : " ").Append(name).Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }
    }

    /// <summary>The characters of a scope (RFC 6749, section 3.3). Capability names have no others; what is written into a header is checked all the same.</summary>
    private static bool IsScope(string scope) => scope.Length > 0 && scope.All(static c => c is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));
}
