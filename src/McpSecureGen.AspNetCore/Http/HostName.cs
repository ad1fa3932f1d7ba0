using System.Globalization;

namespace McpSecureGen.Http;

/// <summary>A host, and a port where one is meant.</summary>
/// <param name="Host">In lower case; an IPv6 address without brackets.</param>
/// <param name="Port">Null: any, or none given.</param>
internal readonly record struct HostName(string Host, int? Port)
{
    /// <summary>
    /// Reads <c>host</c> or <c>host:port</c>. Null for everything that is not exactly that: user information, a trailing dot, an IPv6 address without
    /// brackets or mapped from IPv4, a wildcard, white space.
    /// </summary>
    internal static HostName? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 255)
        {
            return null;
        }

        var isAddress = text[0] == '[';
        var end = isAddress ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (isAddress && end == 0)
        {
            return null;
        }

        var host = end < 0 ? text : text[..end];
        int? port = null;
        if (end >= 0 && end < text.Length)
        {
            if (text[end] != ':' || text.Length - end is < 2 or > 6 ||
                !int.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > 65535)
            {
                return null;
            }

            port = number;
        }

        return IsHost(host, isAddress) ? new HostName(isAddress ? host[1..^1].ToLowerInvariant() : host.ToLowerInvariant(), port) : null;
    }

    private static bool IsHost(string host, bool isAddress) => isAddress
        ? host.Length > 2 && host[1..^1].All(static c => char.IsAsciiHexDigit(c) || c == ':')
        : host.Length > 0 && host[^1] != '.' && host[0] != '.' && host.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
