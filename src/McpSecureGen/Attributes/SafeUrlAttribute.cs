namespace McpSecureGen;

/// <summary>
/// A URL that a tool may fetch: an allowed scheme, an allowed host, an allowed port, and no address but public ones. The method receives the canonical
/// form that was checked, or is not called.
/// </summary>
/// <remarks>
/// <para>On <see langword="string"/>, <see cref="Uri"/>, <see cref="ConfinedUrl"/>, collections of them and members of complex parameters.</para>
/// <para>A <see langword="string"/> or <see cref="Uri"/> is checked before the call, its host name resolved included; the tool's own connection resolves again and may be
/// led elsewhere (DNS rebinding). <see cref="ConfinedUrl"/> connects to the address that was checked.</para>
/// <para>CWE-918; CVE-2025-65513, CVE-2026-49857, CVE-2026-77242, CVE-2026-53509.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class SafeUrlAttribute : Attribute
{
    /// <summary>
    /// Allowed schemes of <c>https</c>, <c>http</c>, <c>wss</c> and <c>ws</c>; any other stops the server. Default: <c>https</c> alone. A <see cref="ConfinedUrl"/> takes
    /// the first two.
    /// </summary>
    public string[] Schemes { get; set; } = ["https"];

    /// <summary>
    /// Allowed hosts, each exact (<c>api.example.com</c>, <c>8.8.8.8</c>) or a domain with everything beneath it (<c>.example.com</c>, which is not
    /// <c>example.com</c> itself). A host listed here must still be public, or <see cref="AllowPrivate"/> set.
    /// Not set: any public host, within <c>McpSecurity:Hosts</c> when the operator has set that. An empty list allows nothing and stops the server.
    /// </summary>
    public string[]? Hosts { get; set; }

    /// <summary>
    /// Allowed ports. Not set: every port except those that the Fetch standard blocks ("bad ports": mail, ssh, and others that speak no HTTP).
    /// </summary>
    public int[]? Ports { get; set; }

    /// <summary>
    /// Whether addresses of private networks (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7) and of this machine, names of one label and names
    /// of local use (<c>localhost</c>, <c>.local</c>, <c>.internal</c>) are allowed too. Default <see langword="false"/>. Cloud metadata, link-local, multicast and reserved
    /// addresses stay refused.
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>The greatest length in UTF-16 characters, 1 to 8192. Default 2048. The canonical form may be longer: what is not ASCII is percent-encoded.</summary>
    public int MaxLength { get; set; } = 2048;
}
