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
    /// <summary>Allowed schemes. Default: <c>https</c> alone.</summary>
    public string[] Schemes { get; set; } = ["https"];

    /// <summary>
    /// Allowed hosts, each exact (<c>api.example.com</c>) or a domain with everything beneath it (<c>.example.com</c>, which is not <c>example.com</c> itself).
    /// Not set: any public host, within <c>McpSecurity:Hosts</c> when the operator has set that. An empty list allows nothing and stops the server.
    /// </summary>
    public string[]? Hosts { get; set; }

    /// <summary>
    /// Allowed ports. Not set: every port except those that the Fetch standard blocks ("bad ports": mail, ssh, and others that speak no HTTP).
    /// </summary>
    public int[]? Ports { get; set; }

    /// <summary>
    /// Whether addresses of private networks and of this machine are allowed too. Default <see langword="false"/>. Cloud metadata, link-local, multicast and
    /// reserved addresses stay refused.
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>The greatest length in UTF-16 characters.</summary>
    public int MaxLength { get; set; } = 2048;
}
