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
        var text = Write("Bearer", ("error", error), ("scope", Scope(scopes)), ("resource_metadata", metadata));

        // A challenge has at least one parameter (RFC 6750, section 3).
        return text == "Bearer" ? "Bearer realm=\"mcp\"" : text;
    }

    /// <summary>The same for <c>DPoP</c> (RFC 9449, section 7.1).</summary>
    internal static string DPoP(string? error, IReadOnlyList<string> scopes, string? metadata, string algorithms) =>
        Write("DPoP", ("error", error), ("scope", Scope(scopes)), ("resource_metadata", metadata), ("algs", algorithms));

    private static string Write(string scheme, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder(scheme);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                text.Append(text.Length > scheme.Length ? ", " : " ").Append(name).Append("=\"").Append(Escaped(value)).Append('"');
            }
        }

        return text.ToString();
    }

    /// <summary>A quoted string (RFC 9110, section 5.6.4).</summary>
    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string? Scope(IReadOnlyList<string> scopes) => scopes.Count > 0 && scopes.All(IsScope) ? string.Join(' ', scopes) : null;

    /// <summary>The characters of a scope (RFC 6749, section 3.3). Capability names have no others; what is written into a header is checked all the same.</summary>
    private static bool IsScope(string scope) => scope.Length > 0 && scope.All(static c => c is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));
}
