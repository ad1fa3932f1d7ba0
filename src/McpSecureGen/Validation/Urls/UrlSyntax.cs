using System.Globalization;
using System.Net;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Validation.Urls;

/// <summary>A URL that passed every check which needs no network.</summary>
/// <param name="Uri">In canonical form: ASCII host, default port dropped, dot segments resolved, everything outside ASCII percent-encoded.</param>
/// <param name="Host">Its host.</param>
internal sealed record CheckedUrl(Uri Uri, UrlHost Host)
{
    /// <summary>The canonical text; another parser reads the same host from it.</summary>
    internal string Text => Uri.AbsoluteUri;
}

/// <summary>
/// The one parser of URLs. It takes apart what decides where a connection goes by strict rules of its own, gives the rest to <see cref="System.Uri"/>, and
/// refuses where the two do not agree (CWE-918, CWE-436).
/// </summary>
internal static class UrlSyntax
{
    private const int NoDefault = -1;

    /// <summary>The checked URL, or null and what is wrong, in words that follow a parameter's name.</summary>
    internal static CheckedUrl? Parse(string text, UrlPolicy policy, out string fault)
    {
        if (text.Length > policy.MaxLength)
        {
            fault = $"must have at most {policy.MaxLength.ToString(CultureInfo.InvariantCulture)} characters";
            return null;
        }

        if (FaultOfCharacters(text) is { } characters)
        {
            fault = characters;
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !policy.AllowsScheme(text.AsSpan(0, colon)) || !text.AsSpan(colon).StartsWith("://", StringComparison.Ordinal))
        {
            fault = policy.SchemeFault;
            return null;
        }

        var start = colon + 3;
        var length = text.AsSpan(start).IndexOfAny('/', '?', '#');
        var end = length < 0 ? text.Length : start + length;
        var scheme = text[..colon].ToLowerInvariant();
        var defaultPort = scheme is "https" or "wss" ? 443 : 80;
        if (!TryAuthority(text.AsSpan(start, end - start), defaultPort, policy, out var host, out var port, out fault))
        {
            return null;
        }

        var authority = port == defaultPort ? host.Text : $"{host.Text}:{port.ToString(CultureInfo.InvariantCulture)}";
        var rest = text.AsSpan(end);
        var canonical = $"{scheme}://{authority}{(rest.IsEmpty || rest[0] != '/' ? "/" : "")}{rest}";
        fault = "must be a well-formed URL";
        return TryBuild(canonical, scheme, host, port) is { } uri ? new CheckedUrl(uri, host) : null;
    }

    /// <summary>What would make a URL look other than it is, or be read in two ways.</summary>
    internal static string? FaultOfCharacters(string text)
    {
        foreach (var character in text)
        {
            if (character == '\\')
            {
                return "must not contain backslashes";
            }

            if (character is ' ' || (character > 0x7F && char.IsWhiteSpace(character)))
            {
                return "must not contain spaces (write %20)";
            }
        }

        return TextScan.FirstFault(text, allowNewLines: false) == TextFault.None
            ? null
            : "must not contain control, bidirectional or invisible characters";
    }

    private static bool TryAuthority(ReadOnlySpan<char> authority, int defaultPort, UrlPolicy policy, out UrlHost host, out int port, out string fault)
    {
        (host, port) = (default, NoDefault);
        if (authority.Contains('@'))
        {
            fault = "must not contain user information";
            return false;
        }

        var bracket = authority.LastIndexOf(']');
        var colon = authority[(bracket + 1)..].IndexOf(':');
        colon = colon < 0 ? -1 : bracket + 1 + colon;
        if (!TryPort(colon < 0 ? [] : authority[(colon + 1)..], defaultPort, out port))
        {
            fault = "must have a decimal port number from 1 to 65535";
            return false;
        }

        if (!UrlHost.TryParse(colon < 0 ? authority : authority[..colon], out host, out fault))
        {
            return false;
        }

        fault = host.Address is { } address && SpecialPurposeAddresses.WhyRefused(address, policy.AllowPrivate) is not null ? "must have a public address"
            : host.Address is null && IsRefusedName(host.Text, policy.AllowPrivate) ? "must have a public host name"
            : !policy.AllowsHost(host.Text) ? policy.HostFault
            : !policy.AllowsPort(port) ? policy.PortFault
            : "";
        return fault.Length == 0;
    }

    private static bool IsRefusedName(string name, bool allowPrivate) =>
        SpecialUseNames.ReachOf(name) is var reach && (reach == Reach.Never || (reach == Reach.Private && !allowPrivate));

    /// <summary>Digits without leading zeros; none means the default.</summary>
    private static bool TryPort(ReadOnlySpan<char> text, int defaultPort, out int port)
    {
        port = defaultPort;
        return text.IsEmpty ||
            (text.Length <= 5 && text[0] is >= '1' and <= '9' && !text.ContainsAnyExceptInRange('0', '9') &&
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535);
    }

    /// <summary>The runtime's own reading of the canonical text, where it is the same as ours and does not change when it is read again.</summary>
    private static Uri? TryBuild(string canonical, string scheme, UrlHost host, int port)
    {
        if (Same(canonical) is not { } uri)
        {
            return null;
        }

        // Escaping may lengthen the text or, in a bad case, make something else of it: what leaves here must be a fixed point.
        var text = uri.AbsoluteUri;
        return text == uri.OriginalString ? uri : Same(text) is { } again && again.AbsoluteUri == text ? again : null;

        Uri? Same(string text) => Uri.TryCreate(text, UriKind.Absolute, out var read) && read.Scheme == scheme && read.Port == port && read.UserInfo.Length == 0 &&
            (host.Address is { } address
                ? IPAddress.TryParse(read.IdnHost, out var literal) && literal.Equals(address)
                : read.IdnHost == host.Text && read.HostNameType is UriHostNameType.Dns or UriHostNameType.Basic)
            ? read
            : null;
    }
}
