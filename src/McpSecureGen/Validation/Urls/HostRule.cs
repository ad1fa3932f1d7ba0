namespace McpSecureGen.Validation.Urls;

/// <summary>One allowed host: itself, or with a leading dot everything beneath it. Compared label by label in canonical form, never as a substring.</summary>
internal readonly record struct HostRule(string Host, bool Beneath)
{
    /// <exception cref="FormatException">Not a host; the message says what is asked for.</exception>
    internal static HostRule Parse(string text)
    {
        var beneath = text.StartsWith('.');
        var name = beneath ? text[1..] : text;
        if (text.Contains('*', StringComparison.Ordinal))
        {
            throw new FormatException("write .example.com for everything beneath example.com");
        }

        if (System.Net.IPAddress.TryParse(name, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            name = $"[{name}]";
        }

        return UrlHost.TryParse(name, out var host, out _) && !(beneath && host.Address is not null)
            ? new HostRule(host.Text, beneath)
            : throw new FormatException("write a host name alone, without scheme, port and path");
    }

    internal bool Allows(string host) => Beneath
        ? host.Length > Host.Length + 1 && host[^(Host.Length + 1)] == '.' && host.EndsWith(Host, StringComparison.Ordinal)
        : host == Host;

    /// <summary>Whether some host falls under both.</summary>
    internal bool Meets(HostRule other) => this == other
        || Allows(other.Host) || other.Allows(Host) || (Beneath && other.Beneath && Host == other.Host);
}
