using System.Net;

namespace McpSecureGen.Validation.Urls;

/// <summary>Connections to addresses that were checked, and to no other. Kept for a while, as any client keeps them: the address of an open one cannot change.</summary>
internal sealed class CheckedConnections(bool allowPrivate, HostLookup lookup, IAddressDialer dialer)
{
    private static readonly TimeSpan PatienceWithOneOfMany = TimeSpan.FromSeconds(3);

    internal HttpMessageInvoker Open(int maxHeaderKilobytes) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.All,
        MaxResponseHeadersLength = maxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = 64,
        ActivityHeadersPropagator = null,
        ConnectCallback = ConnectAsync,
        SslOptions = OfflineCertificates.Judge(),
    });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var name = context.DnsEndPoint.Host;
        var host = IPAddress.TryParse(name, out var literal) ? new UrlHost(name, literal) : new UrlHost(name, null);
        if (await lookup.FindAsync(host, allowPrivate, cancellationToken).ConfigureAwait(false) is not { } addresses)
        {
            throw new UrlFailure();
        }

        addresses = ByTurns(addresses);
        Exception? last = null;
        for (var index = 0; index < addresses.Length; index++)
        {
            var address = addresses[index].IsIPv4MappedToIPv6 ? addresses[index].MapToIPv4() : addresses[index];
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (index < addresses.Length - 1)
            {
                // An address that nobody answers at must leave time for the next.
                patience.CancelAfter(PatienceWithOneOfMany);
            }

            try
            {
                return await dialer.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), patience.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (
                error is System.Net.Sockets.SocketException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                last = error;
            }
        }

        throw new HttpRequestException("no address could be reached", last);
    }

    /// <summary>The families by turns, the preferred one first: one that leads nowhere must not use up the time of the other (RFC 8305 section 4).</summary>
    private static IPAddress[] ByTurns(IPAddress[] addresses)
    {
        var families = addresses.GroupBy(static address => address.AddressFamily).Select(static family => family.ToArray()).ToArray();
        return families.Length < 2
            ? addresses
            : [.. Enumerable.Range(0, addresses.Length).SelectMany(turn => families.Where(family => turn < family.Length).Select(family => family[turn]))];
    }
}
