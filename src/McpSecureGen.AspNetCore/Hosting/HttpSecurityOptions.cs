namespace McpSecureGen.Hosting;

/// <summary>Configuration section <c>McpSecurity:Http</c>: who may reach the MCP endpoints of this server, and by which names. See docs/http.md.</summary>
public sealed class HttpSecurityOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string SectionName = $"{McpSecurityOptions.SectionName}:Http";

    /// <summary>
    /// Names by which clients may call the server, <c>mcp.example.com</c> (any port) or <c>mcp.example.com:8443</c>; an IPv6 address stands in brackets.
    /// They add to the host of <c>McpSecurity:Authentication:Audience</c> where that is a URL and, on connections to a loopback address, to
    /// <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c>. Any other <c>Host</c> is answered with 403: a web page whose name an attacker points at this
    /// machine sends the page's own (DNS rebinding, CVE-2025-66414). There is no wildcard.
    /// </summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>
    /// Origins of web pages that may call the server, such as <c>https://app.example.com</c>, compared exactly. They add to the origin of
    /// <c>McpSecurity:Authentication:Audience</c> and, on loopback connections, to the loopback names with the request's own port. A request without
    /// <c>Origin</c> passes; any other origin, <c>null</c> among them, is answered with 403 (MCP 2026-07-28, transports). There is no wildcard.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>
    /// Whether the server may listen on other addresses than loopback. Default <see langword="false"/>: a server that does all the same does not start,
    /// and answers nothing until that is checked (CVE-2026-32211: MCP servers open to the network by default).
    /// </summary>
    public bool AllowPublicBinding { get; set; }

    /// <summary>
    /// How long the body of a message may be, in bytes; a longer one is answered with 413. Default 4 MiB and 64 KiB: the largest arguments of
    /// <c>McpSecurity:Limits</c> and the envelope around them. From 1 KiB to 64 MiB.
    /// </summary>
    public int MaxBodyBytes { get; set; } = DefaultMaxBodyBytes;

    /// <summary>
    /// Where clients find the protected resource metadata (RFC 9728), an absolute https or http URL. By default it is derived from
    /// <c>McpSecurity:Authentication:Audience</c> where that is a URL; with neither, challenges name no metadata. Never taken from the request.
    /// </summary>
    public string? ResourceMetadata { get; set; }

    internal const int DefaultMaxBodyBytes = (4 * 1024 * 1024) + (64 * 1024);
}
