using System.Net;

namespace McpSecureGen.Validation.Urls;

/// <summary>The resolver of the operating system: hosts file, search domains, DNS.</summary>
internal sealed class SystemHostAddressResolver : IHostAddressResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
