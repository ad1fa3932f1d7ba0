using McpSecureGen.Hosting;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen;

/// <summary>
/// Makes HTTP clients that can reach public addresses alone, for tools that put their URLs together by themselves. A service: take it as a parameter of the
/// tool's class or method.
/// </summary>
/// <remarks>
/// <para>Every request is checked, whatever its URL, and every redirect; a connection is made to the address that was checked. No proxy, no cookies, no
/// credentials of the machine (CWE-918, CVE-2026-104120, CVE-2026-77242, CVE-2026-26118).</para>
/// <para>With <c>IHttpClientFactory</c>: <c>.ConfigurePrimaryHttpMessageHandler(p => p.GetRequiredService&lt;ConfinedHttp&gt;().CreateHandler())</c>.</para>
/// </remarks>
public sealed class ConfinedHttp
{
    private readonly UrlSecurity _urls;

    internal ConfinedHttp(UrlSecurity urls) => _urls = urls;

    /// <summary>A client. It costs little: connections are shared, and disposing it leaves them to the others. The time limit is the handler's.</summary>
    /// <exception cref="McpSecurityConfigurationException">The options allow nothing, or one is out of range.</exception>
    public HttpClient CreateClient(ConfinedHttpOptions? options = null) => new(CreateHandler(options)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The handler of such a client, to put behind handlers of your own.</summary>
    /// <exception cref="McpSecurityConfigurationException">The options allow nothing, or one is out of range.</exception>
    public ConfinedHttpHandler CreateHandler(ConfinedHttpOptions? options = null) => new(_urls.WayOutFor(options ?? new ConfinedHttpOptions()));
}
