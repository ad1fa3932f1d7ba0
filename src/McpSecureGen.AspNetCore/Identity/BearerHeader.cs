using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace McpSecureGen.Identity;

/// <summary>Reads <c>Authorization: Bearer</c> (RFC 6750, section 2.1; RFC 9110, section 11.4), strictly: one header, one token, nothing else.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>
    /// Several headers are refused and not searched: a proxy that checked one of them and a server that takes another would serve two callers.
    /// </summary>
    internal static CredentialLookup Read(StringValues header)
    {
        if (header.Count == 0)
        {
            return CredentialLookup.Missing(CallerSource.Authorization);
        }

        return header.Count == 1 && header[0] is { } value && TryReadToken(value) is { } token
            ? CredentialLookup.Of(token, CallerSource.Authorization)
            : CredentialLookup.Invalid(CallerSource.Authorization);
    }

    private static string? TryReadToken(string value)
    {
        // The name of a scheme is case-insensitive; at least one space follows, and no other white space counts as one.
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || value.Length == Scheme.Length || value[Scheme.Length] != ' ')
        {
            return null;
        }

        var token = value.AsSpan(Scheme.Length).TrimStart(' ');
        return !token.IsEmpty && !token.ContainsAnyExcept(TokenCharacters) ? token.ToString() : null;
    }
}
