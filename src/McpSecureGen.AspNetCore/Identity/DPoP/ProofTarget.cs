using System.Text;

namespace McpSecureGen.Identity;

/// <summary>Compares <c>htu</c> with the address of the request, after the normalisation of RFC 3986, sections 6.2.2 and 6.2.3 (RFC 9449, section 4.3, check 9).</summary>
internal static class ProofTarget
{
    private const int MaxLength = 2048;

    /// <summary>Whether both are the same http or https address; query and fragment do not count.</summary>
    public static bool AreSame(string proofTarget, string requestUri) =>
        Read(proofTarget) is { } proved
        && Read(requestUri) is { } asked
        && proved.Port == asked.Port
        && string.Equals(proved.Scheme, asked.Scheme, StringComparison.Ordinal)
        && string.Equals(proved.IdnHost, asked.IdnHost, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Path(proved), Path(asked), StringComparison.Ordinal);

    private static Uri? Read(string text) =>
        text.Length <= MaxLength
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
            ? uri
            : null;

    /// <summary>Dot segments are gone by now; what is left is the case of escapes, and escapes of characters that need none.</summary>
    private static string Path(Uri uri)
    {
        var path = uri.AbsolutePath;
        if (!path.Contains('%', StringComparison.Ordinal))
        {
            return path;
        }

        var normal = new StringBuilder(path.Length);
        for (var at = 0; at < path.Length; at++)
        {
            if (path[at] != '%' || at + 2 >= path.Length || !char.IsAsciiHexDigit(path[at + 1]) || !char.IsAsciiHexDigit(path[at + 2]))
            {
                normal.Append(path[at]);
                continue;
            }

            var value = (char)((Digit(path[at + 1]) << 4) | Digit(path[at + 2]));
            if (char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~')
            {
                normal.Append(value);
            }
            else
            {
                normal.Append('%').Append(char.ToUpperInvariant(path[at + 1])).Append(char.ToUpperInvariant(path[at + 2]));
            }

            at += 2;
        }

        return normal.ToString();
    }

    private static int Digit(char hex) => char.IsAsciiDigit(hex) ? hex - '0' : char.ToUpperInvariant(hex) - 'A' + 10;
}
