using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen.Identity;

/// <summary>Finds the addresses of a host.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Fetches a key set over https, and cannot be led elsewhere: no redirect, no proxy, no cookie, and a connection only to an address that was checked
/// (CWE-918; the address is not looked up a second time, so that it cannot change in between: DNS rebinding).
/// </summary>
internal sealed class KeySetDownload : IKeySetSource
{
    private readonly Uri _uri;
    private readonly bool _allowPrivate;
    private readonly HostResolver _resolve;
    private readonly RemoteCertificateValidationCallback? _judgeCertificate;

    /// <param name="uri">Where; checked by <see cref="Problem"/>.</param>
    /// <param name="allowPrivate">Whether addresses that are not public are connected to.</param>
    /// <param name="resolve">For tests; otherwise the system's.</param>
    /// <param name="judgeCertificate">For tests; otherwise the system's.</param>
    public KeySetDownload(
        Uri uri, bool allowPrivate, HostResolver? resolve = null, RemoteCertificateValidationCallback? judgeCertificate = null)
    {
        _uri = uri;
        _allowPrivate = allowPrivate;
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        _judgeCertificate = judgeCertificate;
    }

    /// <summary>What is wrong with a setting, or null.</summary>
    public static string? Problem(string setting) =>
        Uri.TryCreate(setting, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.UserInfo.Length == 0
        && !setting.Contains('#', StringComparison.Ordinal)
            ? null
            : "must be an https address without user information and fragment, such as https://login.example.com/.well-known/jwks.json.";

    /// <inheritdoc/>
    public async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(Handler());
        using var request = new HttpRequestMessage(HttpMethod.Get, _uri);
        request.Headers.Accept.ParseAdd("application/jwk-set+json, application/json");
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"the answer has status {(int)response.StatusCode}.");
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var bytes = new byte[VerificationKeyRing.MaxKeyFileBytes + 1];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length < bytes.Length
                ? Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF')
                : throw new HttpRequestException($"the answer is larger than {VerificationKeyRing.MaxKeyFileBytes} bytes.");
        }
    }

    /// <summary>One for each fetch: a connection kept open for minutes would only be one whose address is no longer checked.</summary>
    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ActivityHeadersPropagator = null,
        ConnectCallback = ConnectAsync,
        SslOptions = OfflineCertificates.Judge(_judgeCertificate),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _resolve(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);

        // One bad address refuses all: whoever answers for this name may answer with another order next time.
        if (!_allowPrivate && addresses.FirstOrDefault(address => SpecialPurposeAddresses.WhyNotPublic(address) is not null) is { } refused)
        {
            throw new HttpRequestException(
                $"its host has an address that is not public ({SpecialPurposeAddresses.WhyNotPublic(refused)}); AllowPrivateAddresses would allow it.");
        }

        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                last = error;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new HttpRequestException("its host has no address that can be reached.", last);
    }
}
