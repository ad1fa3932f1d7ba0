using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace McpSecureGen.Identity;

/// <summary>
/// Reads <c>Authorization: Bearer</c> (RFC 6750, section 2.1) and <c>Authorization: DPoP</c> (RFC 9449, section 7.1), strictly: one header, one token,
/// nothing else (RFC 9110, section 11.4).
/// </summary>
internal static class AuthorizationHeader
{
    private const string Bearer = "Bearer";
    private const string DPoP = "DPoP";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>
    /// Several headers are refused and not searched: a proxy that checked one of them and a server that takes another would serve two callers.
    /// </summary>
    /// <param name="header">All values of the header.</param>
    /// <param name="isProved">Whether the token comes with a proof to be checked.</param>
    internal static CredentialLookup Read(StringValues header, out bool isProved)
    {
        isProved = false;
        if (header.Count == 0)
        {
            return CredentialLookup.Missing(CallerSource.Authorization);
        }

        if (header.Count == 1 && header[0] is { } value)
        {
            isProved = Names(value, DPoP);
            if ((isProved || Names(value, Bearer)) && TryReadToken(value) is { } token)
            {
                return CredentialLookup.Of(token, CallerSource.Authorization);
            }
        }

        return CredentialLookup.Invalid(CallerSource.Authorization);
    }

    /// <summary>The name of a scheme is case-insensitive; at least one space follows, and no other white space counts as one.</summary>
    private static bool Names(string value, string scheme) =>
        value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && value.Length > scheme.Length && value[scheme.Length] == ' ';

    private static string? TryReadToken(string value)
    {
        var token = value.AsSpan(value.IndexOf(' ', StringComparison.Ordinal)).TrimStart(' ');
        return !token.IsEmpty && !token.ContainsAnyExcept(TokenCharacters) ? token.ToString() : null;
    }
}
